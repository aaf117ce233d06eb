import { useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import type { Basket } from '@penstock/domain/basket';
import { DataTable, DateField, List, SimpleList } from 'react-admin';
import { ListFault, ListPager, Nothing } from '#lists/list-states.tsx';
import { RecordLink } from '#lists/record-link.tsx';
import { asTime, oneLine, shortTime } from '#times.ts';

const unitsOf = (basket: Basket): number => basket.lines.reduce((sum, line) => sum + line.quantity, 0);
const linesOf = (basket: Basket): number => basket.lines.filter((line) => line.quantity > 0).length;
const unitsText = (units: number): string => `${units} ${units === 1 ? 'unit' : 'units'}`;
/** An id is the key to a basket: lists show its beginning only. */
const shortId = (basket: Basket): string => `${basket.id.slice(0, 6)}…`;

const Column = DataTable.Col<Basket>;

/** Baskets by the hour of their last change. */
export const BasketList = () => {
  const narrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  return (
    <List
      sort={{ field: 'updatedAt', order: 'DESC' }}
      perPage={25}
      pagination={<ListPager />}
      exporter={false}
      empty={false}
      error={<ListFault />}
    >
      {narrow ? (
        <SimpleList<Basket>
          primaryText={shortId}
          secondaryText={(basket) => unitsText(unitsOf(basket))}
          tertiaryText={({ updatedAt }) => (updatedAt === undefined ? '' : shortTime(updatedAt))}
          rowClick="show"
          empty={<NoBaskets />}
        />
      ) : (
        <DataTable<Basket> rowClick="show" bulkActionButtons={false} empty={<NoBaskets />}>
          <Column label="Basket" disableSort render={(basket) => <RecordLink>{shortId(basket)}</RecordLink>} />
          <Column label="Lines" disableSort align="right" render={linesOf} />
          <Column label="Units" disableSort align="right" render={unitsOf} />
          <Column source="updatedAt" label="Last change" disableSort sx={oneLine}>
            <DateField source="updatedAt" {...asTime} />
          </Column>
        </DataTable>
      )}
    </List>
  );
};

const NoBaskets = () => <Nothing>No baskets yet. They show up here once their writes are folded.</Nothing>;
