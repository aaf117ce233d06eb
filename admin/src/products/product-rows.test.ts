import Papa from 'papaparse';
import { expect, it } from 'vitest';
import { toCsv } from '#export/csv.ts';
import { readAll } from '#export/read-all.ts';
import { productColumns, productRow } from '#products/product-rows.ts';
import { someProduct } from '#testing/some-product.ts';

it('an export has a line for each of 1,250 products, in the units that people use, and can be read back', async () => {
  const stored = Array.from({ length: 1250 }, (_, index) =>
    someProduct({ id: `p-${index}`, name: `Tea, "${index}"\nnew` }),
  );
  const seen: string[] = [];
  const getList = async (_: string, { pagination }: { pagination?: { page: number; perPage: number } }) => {
    const { page, perPage } = pagination ?? { page: 1, perPage: 25 };
    return { data: stored.slice((page - 1) * perPage, page * perPage), total: 1000 };
  };
  const dataProvider = { getList } as unknown as Parameters<typeof readAll>[0];
  const what = { filter: {}, sort: { field: 'name', order: 'ASC' as const } };
  const products = await readAll(dataProvider, 'products', what, (read, total) => seen.push(`${read}/${total}`));
  const { data } = Papa.parse<Record<string, string>>(
    toCsv(
      products.map((each) => productRow(each as never)),
      productColumns,
    ).slice(1),
    {
      header: true,
    },
  );
  expect(data).toHaveLength(1250);
  expect(data[7]).toMatchObject({ Id: 'p-7', Name: 'Tea, "7"\nnew', Price: '9.50', 'In stock': '9', State: 'On sale' });
  expect(seen.at(-1)).toBe('1250/1000');
});

it.each(['=HYPERLINK("http://evil.example")', '+1+1', '-2+3', '@SUM(1)', '\t=1', '\r=1', ' =1'])(
  'a name such as %j is no formula in a spreadsheet',
  (name) => {
    const [line] = Papa.parse<Record<string, string>>(toCsv([productRow(someProduct({ name }))], productColumns), {
      header: true,
    }).data;
    expect(line?.Name).toBe(`'${name}`);
  },
);

it('a number stays a number, a negative one too', () => {
  expect(toCsv([{ Units: -2 }], ['Units'])).toContain('\n-2');
});
