import { useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import { formatMoney } from '@penstock/domain/money';
import type { StaffOrder } from '@penstock/domain/order';
import { storedStatuses } from '@penstock/domain/order-states';
import { DataTable, DateField, List, SelectInput, SimpleList, TextInput } from 'react-admin';
import { ListFault, ListPager, Nothing } from '#lists/list-states.tsx';
import { statusWords } from '#orders/words.ts';
import { asTime, shortTime } from '#times.ts';

const filters = [
  <SelectInput
    key="status"
    source="status"
    label="Status"
    alwaysOn
    emptyText="All"
    choices={storedStatuses.map((id) => ({ id, name: statusWords[id] }))}
  />,
  <TextInput key="number" source="number" label="Order number" />,
  <TextInput key="email" source="email" label="E-mail" />,
];

const unitsOf = (order: StaffOrder): number => order.lines.reduce((sum, line) => sum + line.quantity, 0);

/** Orders by status, newest first. Only what an index serves can be sorted and filtered by. */
export const OrderList = () => {
  const narrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  return (
    <List
      filters={filters}
      sort={{ field: 'placedAt', order: 'DESC' }}
      perPage={25}
      pagination={<ListPager />}
      exporter={false}
      empty={false}
      error={<ListFault />}
    >
      {narrow ? (
        <SimpleList<StaffOrder>
          primaryText={(record) => record.number}
          secondaryText={(record) => `${statusWords[record.status]}, ${shortTime(record.placedAt)}`}
          tertiaryText={(record) => formatMoney(record.total)}
          rowClick="show"
          empty={<NoOrders />}
        />
      ) : (
        <DataTable<StaffOrder> rowClick="show" bulkActionButtons={false} empty={<NoOrders />}>
          <DataTable.Col source="number" label="Order" disableSort />
          <DataTable.Col source="placedAt" label="Taken in">
            <DateField source="placedAt" {...asTime} />
          </DataTable.Col>
          <DataTable.Col label="Status" disableSort render={(record) => statusWords[(record as StaffOrder).status]} />
          <DataTable.Col label="Customer" disableSort render={(record) => record.contact?.name ?? ''} />
          <DataTable.Col label="Units" disableSort align="right" render={(record) => unitsOf(record as StaffOrder)} />
          <DataTable.Col
            label="Total"
            disableSort
            align="right"
            render={(record) => formatMoney((record as StaffOrder).total)}
          />
        </DataTable>
      )}
    </List>
  );
};

const NoOrders = () => <Nothing>No orders here. What shoppers send shows up by itself.</Nothing>;
