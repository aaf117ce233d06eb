import { useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import { formatMoney } from '@penstock/domain/money';
import type { StaffOrder } from '@penstock/domain/order';
import { storedStatuses } from '@penstock/domain/order-states';
import { DataTable, DateField, List, SelectInput, SimpleList, TextInput } from 'react-admin';
import { ListFault, ListPager, Nothing } from '#lists/list-states.tsx';
import { RecordLink } from '#lists/record-link.tsx';
import { statusText, statusWords } from '#orders/words.ts';
import { asTime, oneLine, shortTime } from '#times.ts';

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

const Column = DataTable.Col<StaffOrder>;

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
          secondaryText={(record) => `${statusText(record)}, ${shortTime(record.placedAt)}`}
          tertiaryText={(record) => formatMoney(record.total)}
          rowClick="show"
          empty={<NoOrders />}
        />
      ) : (
        <DataTable<StaffOrder> rowClick="show" bulkActionButtons={false} empty={<NoOrders />}>
          <Column label="Order" disableSort sx={oneLine} render={(order) => <RecordLink>{order.number}</RecordLink>} />
          <Column source="placedAt" label="Taken in" sx={oneLine}>
            <DateField source="placedAt" {...asTime} />
          </Column>
          <Column label="Status" disableSort render={statusText} />
          <Column label="Customer" disableSort render={(order) => order.contact?.name ?? ''} />
          <Column label="Units" disableSort align="right" render={unitsOf} />
          <Column label="Total" disableSort align="right" render={(order) => formatMoney(order.total)} />
        </DataTable>
      )}
    </List>
  );
};

const NoOrders = () => <Nothing>No orders here. What shoppers send shows up by itself.</Nothing>;
