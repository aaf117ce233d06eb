import { useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import type { StaffBasket } from '@penstock/domain/admin';
import { DataTable, DateField, SimpleList } from 'react-admin';
import { Nothing } from '#lists/list-states.tsx';
import { OfficeList } from '#lists/office-list.tsx';
import { RecordLink } from '#lists/record-link.tsx';
import { asTime, oneLine, shortTime } from '#times.ts';

const unitsOf = (basket: StaffBasket): number => basket.lines.reduce((sum, line) => sum + line.quantity, 0);
const linesOf = (basket: StaffBasket): number => basket.lines.filter((line) => line.quantity > 0).length;
const unitsText = (units: number): string => `${units} ${units === 1 ? 'unit' : 'units'}`;
/** What waits, and what is there no more: an emptied basket stays in the list until it expires. */
const stateText = (basket: StaffBasket): string => {
  if (basket.pending !== undefined) return basket.pending.letterId === undefined ? 'clear waits' : 'clear is held';
  return linesOf(basket) === 0 ? 'empty' : '';
};
/** An id is the key to a basket: lists show its beginning only. */
const shortId = (basket: StaffBasket): string => `${basket.id.slice(0, 6)}…`;

const Column = DataTable.Col<StaffBasket>;

/** Baskets by the hour of their last change. */
export const BasketList = () => {
  const narrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  return (
    <OfficeList sort={{ field: 'updatedAt', order: 'DESC' }} perPage={25}>
      {narrow ? (
        <SimpleList<StaffBasket>
          primaryText={shortId}
          secondaryText={(basket) => [unitsText(unitsOf(basket)), stateText(basket)].filter(Boolean).join(', ')}
          tertiaryText={({ updatedAt }) => (updatedAt === undefined ? '' : shortTime(updatedAt))}
          rowClick="show"
          empty={<NoBaskets />}
        />
      ) : (
        <DataTable<StaffBasket> rowClick="show" bulkActionButtons={false} empty={<NoBaskets />}>
          <Column label="Basket" disableSort render={(basket) => <RecordLink>{shortId(basket)}</RecordLink>} />
          <Column label="Lines" disableSort align="right" render={linesOf} />
          <Column label="Units" disableSort align="right" render={unitsOf} />
          <Column label="State" disableSort render={stateText} />
          <Column source="updatedAt" label="Last change" disableSort sx={oneLine}>
            <DateField source="updatedAt" {...asTime} />
          </Column>
        </DataTable>
      )}
    </OfficeList>
  );
};

const NoBaskets = () => <Nothing>No baskets yet. They show up here once their writes are folded.</Nothing>;
