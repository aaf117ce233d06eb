import { existsSync, readFileSync, rmSync } from 'node:fs';
import { type CatalogueProduct, readCatalogue } from '@penstock/brand/catalogue.ts';
import { pictureFiles, type View, views } from '@penstock/brand/picture-files.ts';
import type { DetailsItem, OfferItem, StockEditItem } from '@penstock/domain/items';
import { own } from '@penstock/domain/own';
import type { Image } from '@penstock/domain/product';
import { marshalRow } from '#attribute-values';
import { type AwsCall, authorizationOf } from '#aws-call';

export type SeedDeps = {
  /** Straight to the engine: the seed is not a write of the shop and must not wait for its capacity. */
  readonly engine: AwsCall;
  readonly s3Url: string;
  /** File in which earlier releases noted the seed. */
  readonly legacyMarker: string;
  readonly currency: string;
  readonly say: (text: string) => void;
};

const batchMax = 25;

/** Says that the seed is whole; in the database itself, so that it is gone when that is. */
const marker = { pk: { S: 'seed' }, sk: { S: 'seed' } };

/**
 * Puts the catalogue and its pictures in, once a database. Resolves with the number of products written. A start that was
 * killed in the middle begins it again.
 */
export const seedOnce = async (deps: SeedDeps): Promise<number> => {
  if (await isSeeded(deps.engine)) return 0;
  if (existsSync(deps.legacyMarker)) return takeOver(deps);
  const nowMs = Date.now();
  const { products } = readCatalogue();
  await inParallel(products, 8, (product) => putPictures(deps, product));
  const rows = products.flatMap((product) => rowsOf(product, deps.currency, nowMs));
  for (const table of ['operations', 'products'] as const) {
    const own = rows.filter((row) => row.table === table).map((row) => ({ PutRequest: { Item: marshalRow(row.row) } }));
    for (let at = 0; at < own.length; at += batchMax) await writeAll(deps.engine, table, own.slice(at, at + batchMax));
  }
  await mark(deps.engine, nowMs);
  return products.length;
};

const isSeeded = async (engine: AwsCall): Promise<boolean> => {
  const { Item: item } = await engine<{ Item?: object }>('DynamoDB_20120810.GetItem', {
    TableName: 'operations',
    Key: marker,
  });
  return item !== undefined;
};

/** An earlier release seeded this database and noted it in a file. An emptied one has not come this far (data-folder.ts). */
const takeOver = async ({ engine, legacyMarker }: SeedDeps): Promise<number> => {
  await mark(engine, Date.now());
  rmSync(legacyMarker);
  return 0;
};

const mark = async (engine: AwsCall, nowMs: number): Promise<void> => {
  await engine('DynamoDB_20120810.PutItem', {
    TableName: 'operations',
    Item: { ...marker, ...marshalRow({ schema: 1, at: new Date(nowMs).toISOString() }) },
  });
};

const writeAll = async (engine: AwsCall, table: string, puts: readonly object[]): Promise<void> => {
  let left: readonly object[] = puts;
  for (let tries = 0; left.length > 0; tries += 1) {
    if (tries > 20) throw new Error(`The seed of ${table} could not be written.`);
    const answer = await engine<{ UnprocessedItems?: Record<string, object[]> }>('DynamoDB_20120810.BatchWriteItem', {
      RequestItems: { [table]: left },
    });
    left = own(answer.UnprocessedItems, table) ?? [];
  }
};

type SeedRow = { readonly table: 'products' | 'operations'; readonly row: OfferItem | DetailsItem | StockEditItem };

const rowsOf = (product: CatalogueProduct, currency: string, nowMs: number): readonly SeedRow[] => {
  const at = new Date(nowMs).toISOString();
  const offer: OfferItem = {
    id: product.id,
    part: 'offer',
    schema: 1,
    name: product.name,
    category: product.category,
    priceMinor: product.priceMinor,
    currency,
    stock: product.stock,
    version: 1,
    rev: nowMs,
    archived: false,
    editIds: ['seed'],
    createdAt: at,
    updatedAt: at,
    editedAt: at,
  };
  const details: DetailsItem = {
    id: product.id,
    part: 'details',
    schema: 1,
    description: product.description,
    images: imagesOf(product),
  };
  const opening: StockEditItem = {
    pk: `stock-edit#${product.id}`,
    sk: `${at}#seed`,
    schema: 1,
    kind: 'stock-edit',
    productId: product.id,
    editId: 'seed',
    delta: product.stock,
    reason: 'opening stock',
    staffName: 'seed',
    at,
    correlationId: 'seed',
  };
  return [
    { table: 'products', row: details },
    { table: 'products', row: offer },
    { table: 'operations', row: opening },
  ];
};

/** What a view shows, for who does not see it. */
const altOf = ({ name, brewing }: CatalogueProduct, view: View): string =>
  ({
    front: name,
    'in-use': brewing === undefined ? `${name} in use` : `${name} in the cup, from above`,
    detail: brewing === undefined ? `${name} from near` : `The label of ${name}`,
  })[view];

/**
 * A picture for each view: all forms that are there as `sources`. On a fresh clone that is the committed AVIF at 640 px alone,
 * which every browser of today reads; the build makes the others, and a new data folder has them all.
 */
const imagesOf = (product: CatalogueProduct): Image[] =>
  views.flatMap((view) => {
    const files = pictureFiles(product.id, view);
    const main = files.find(({ width, type }) => width === 640 && type === 'webp') ?? files[0];
    if (main === undefined) return [];
    return [
      {
        alt: altOf(product, view),
        width: main.width,
        height: main.width,
        src: `/images/${main.name}`,
        sources: files.map(({ name, width, mime }) => ({ src: `/images/${name}`, width, type: mime })),
      },
    ];
  });

const putPictures = async ({ s3Url }: SeedDeps, product: CatalogueProduct): Promise<void> => {
  for (const picture of views.flatMap((view) => pictureFiles(product.id, view))) {
    const answer = await fetch(`${s3Url}/images/public/${picture.name}`, {
      method: 'PUT',
      headers: {
        authorization: authorizationOf('operator'),
        'content-type': picture.mime,
        'cache-control': 'public, max-age=31536000, immutable',
      },
      body: readFileSync(picture.path),
    });
    if (!answer.ok)
      throw new Error(
        `The picture ${picture.name} was not taken: ${answer.status} ${(await answer.text()).slice(0, 200)}`,
      );
    await answer.body?.cancel();
  }
};

const inParallel = async <T>(list: readonly T[], width: number, work: (each: T) => Promise<void>): Promise<void> => {
  const waiting = [...list];
  const line = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: width }, line));
};
