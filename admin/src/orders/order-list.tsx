import { useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import { formatMoney } from '@penstock/domain/money';
import type { StaffOrder } from '@penstock/domain/order';
import { DataTable, DateField, Link, SimpleList, useListContext } from 'react-admin';
import { ClearFilters, Nothing } from '#lists/list-states.tsx';
import { OfficeList } from '#lists/office-list.tsx';
import { RecordLink } from '#lists/record-link.tsx';
import { orderFilters } from '#orders/order-filters.tsx';
import { statusText } from '#orders/words.ts';
import { anyText, asTime, oneLine, shortTime } from '#times.ts';

const unitsOf = (order: StaffOrder): number => order.lines.reduce((sum, line) => sum + line.quantity, 0);

const Column = DataTable.Col<StaffOrder>;

/** Orders by status, newest first. Only what an index serves can be sorted and filtered by. */
export const OrderList = () => {
  const narrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  return (
    <OfficeList filters={orderFilters} sort={{ field: 'placedAt', order: 'DESC' }} perPage={25}>
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
          <Column label="Customer" disableSort sx={anyText} render={(order) => order.contact?.name ?? ''} />
          <Column label="Units" disableSort align="right" render={unitsOf} />
          <Column label="Total" disableSort align="right" render={(order) => formatMoney(order.total)} />
        </DataTable>
      )}
    </OfficeList>
  );
};

/** A search that finds nothing is no proof that there is no order: what was accepted may wait, or be held. */
const NoOrders = () => {
  const { filterValues } = useListContext();
  const isSearch = Object.keys(filterValues ?? {}).length > 0;
  if (!isSearch) return <Nothing>No orders here. What shoppers send shows up by itself.</Nothing>;
  return (
    <Nothing>
      No stored order matches this search. One that was accepted a moment ago may still wait in{' '}
      <Link to="/operations">the write path</Link>, or be held among the <Link to="/dead-letters">dead letters</Link>.{' '}
      <ClearFilters />
    </Nothing>
  );
};
