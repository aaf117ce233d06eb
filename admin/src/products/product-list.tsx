import { Box, useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import { formatMoney } from '@penstock/domain/money';
import type { StaffProduct } from '@penstock/domain/product';
import {
  BooleanInput,
  CreateButton,
  DataTable,
  DateField,
  FilterButton,
  SearchInput,
  SelectInput,
  SimpleList,
  TopToolbar,
} from 'react-admin';
import { Nothing } from '#lists/list-states.tsx';
import { OfficeList } from '#lists/office-list.tsx';
import { RecordLink } from '#lists/record-link.tsx';
import { categoryChoices, categoryLabel } from '#products/category-choices.ts';
import { ExportProducts } from '#products/export-products.tsx';
import { PriceInput } from '#products/price-input.tsx';
import { anyText, asTime } from '#times.ts';

const filters = [
  <SearchInput key="q" source="q" alwaysOn aria-label="Search products" />,
  <SelectInput key="category" source="category" label="Category" choices={categoryChoices()} />,
  <BooleanInput key="archived" source="archived" label="Archived" />,
  <PriceInput key="priceMin" source="price_gte" label="Price from" asFilter />,
];

const Actions = () => (
  <TopToolbar>
    <FilterButton />
    <CreateButton label="New product" />
    <ExportProducts />
  </TopToolbar>
);

/** All products, archived ones too, from the catalogue snapshot with the stock of now. */
export const ProductList = () => {
  const narrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  return (
    <OfficeList filters={filters} sort={{ field: 'name', order: 'ASC' }} perPage={25} actions={<Actions />}>
      {narrow ? (
        <SimpleList<StaffProduct>
          primaryText={(record) => record.name}
          secondaryText={(record) => `${categoryLabel(record.category)}, ${phoneStock(record)}`}
          tertiaryText={(record) => formatMoney(record.price)}
          rowClick="edit"
          empty={<NoProducts />}
        />
      ) : (
        <DataTable<StaffProduct> rowClick="edit" bulkActionButtons={false} empty={<NoProducts />}>
          <DataTable.Col
            label="Picture"
            disableSort
            render={(record) => <Thumbnail record={record as StaffProduct} />}
          />
          <DataTable.Col source="name" sx={anyText} render={(record) => <RecordLink>{record.name}</RecordLink>} />
          <DataTable.Col
            source="category"
            sx={anyText}
            render={(record) => categoryLabel((record as StaffProduct).category)}
          />
          <DataTable.Col
            source="price"
            align="right"
            render={(record) => formatMoney((record as StaffProduct).price)}
          />
          <DataTable.Col source="level" label="Stock" render={stockText} />
          <DataTable.Col source="editedAt" label="Last edit">
            <DateField source="editedAt" {...asTime} />
          </DataTable.Col>
          <DataTable.Col label="State" disableSort render={(record) => (record.archived ? 'Archived' : 'On sale')} />
        </DataTable>
      )}
    </OfficeList>
  );
};

const levelWords = { in: '', low: ', low', out: ', sold out' } as const;

const stockText = (record: StaffProduct): string => `${record.stock.available}${levelWords[record.stock.level]}`;

/** "178 in stock", "4 in stock, low", "sold out". */
const phoneStock = ({ stock: { available, level } }: StaffProduct): string =>
  level === 'out' ? 'sold out' : `${available} in stock${levelWords[level]}`;

const Thumbnail = ({ record }: { readonly record: StaffProduct }) => {
  const picture = record.images[0];
  if (picture === undefined) return null;
  return (
    <Box
      component="img"
      src={picture.src}
      alt=""
      width={40}
      height={40}
      loading="lazy"
      sx={{ objectFit: 'cover', display: 'block' }}
    />
  );
};

const NoProducts = () => <Nothing>No product matches. Clear the search, or make a new product.</Nothing>;
