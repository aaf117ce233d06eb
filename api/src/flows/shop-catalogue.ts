import { type CataloguePage, catalogueQuerySchema } from '@penstock/domain/catalogue';
import type { Clock } from '@penstock/domain/clock';
import { productIdPattern } from '@penstock/domain/ids';
import type { OfferItem, SnapshotProduct } from '@penstock/domain/items';
import { limits } from '@penstock/domain/limits';
import type { Product } from '@penstock/domain/product';
import { type StockLevel, stockLevelOf } from '@penstock/domain/stock';
import { productView } from '@penstock/domain/views';
import { errorFields, type Logger } from '@penstock/platform/logger';
import type { ProductStore, StoredProduct } from '@penstock/platform/product-store';
import { isWithin, within } from '@penstock/platform/reading';
import type { SnapshotReader } from '@penstock/platform/snapshot-reader';
import type { SwitchReader } from '@penstock/platform/switches';
import { searchCatalogue } from '#core/search-catalogue';
import type { Routes } from '#http/api';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { ProblemError, parseOr } from '#http/problem-error';

export type ShopCatalogueDeps = {
  readonly snapshot: SnapshotReader;
  readonly products: Pick<ProductStore, 'read' | 'readStock'>;
  readonly release: string;
  readonly switches: SwitchReader;
  readonly clock: Clock;
  readonly logger: Logger;
};

type Stock = Pick<OfferItem, 'stock' | 'rev' | 'priceMinor'>;

const snapshotAgeMs = 2000;
const stockAgeMs = 1000;
/** A list waits this long for its numbers; what comes later is shown by the next. */
const stockPatienceMs = 600;
/** A page waits this long for its product as stored, where the list knows it too. */
const productPatienceMs = 1000;
/** Public answers may be kept by the edge for this long; a frame tells of every change meanwhile. */
const publicCache = { 'cache-control': 'public, max-age=2' };

/** GET /health: `degraded` while the tables do not answer; the list is then served from memory, and orders are taken. */
const makeHealth =
  ({ release, switches, snapshot }: ShopCatalogueDeps) =>
  async (): Promise<ApiAnswer> => {
    const [{ ordersPaused }, isListed] = await Promise.all([
      switches.read(),
      snapshot.read(snapshotAgeMs).then(snapshot.isCurrent, () => false),
    ]);
    const status = isListed && switches.isCurrent() ? 'ok' : 'degraded';
    return { status: 200, body: { status, version: release, ordersPaused } };
  };

/** GET /products: the snapshot in memory, searched; the stock of the page from the table, at most a second old (F5). */
const makeListProducts = (deps: ShopCatalogueDeps) => {
  const stockOf = makeStockCache(deps);
  return async (call: ApiCall): Promise<ApiAnswer> => {
    const query = parseOr(catalogueQuerySchema, parametersOf(call.query), 'parameter-invalid');
    const snapshot = await deps.snapshot.read(snapshotAgeMs);
    const found = searchCatalogue(snapshot.products, query);
    const stock = await stockOf(found.products.map((product) => product.id));
    const body: CataloguePage = {
      items: found.products.map((product) => listedProduct(product, stock.get(product.id))),
      page: query.page,
      pageSize: query.pageSize,
      total: found.total,
      rev: snapshot.rev,
      facets: { category: [...found.facets.category] },
    };
    return { status: 200, body, headers: publicCache };
  };
};

/** GET /products/{id}: read strongly, else as the list knows it. An archived product is gone from the shop. */
const makeShowProduct =
  (deps: ShopCatalogueDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const id = call.parameters.id ?? '';
    const product = productIdPattern.test(id) ? await readProduct(deps, id) : undefined;
    if (product === undefined) throw new ProblemError('product-not-found');
    return { status: 200, body: product, headers: { 'cache-control': 'no-cache' }, log: { productId: id } };
  };

/** A table that fails or is late is no fault of the page while the list knows the product: it shows the level. */
const readProduct = async (
  { products, snapshot, clock, logger }: ShopCatalogueDeps,
  id: string,
): Promise<Product | undefined> => {
  const beganMs = clock.now();
  const stored = products.read(id);
  const read = await within(
    productPatienceMs,
    stored.then((product) => ({ product })),
  );
  if (read === undefined) {
    const listed = (await snapshot.read(snapshotAgeMs)).products.find((product) => product.id === id);
    if (listed === undefined) return viewOf(await stored);
    logger.warn('product-served-from-memory', { productId: id, durationMs: clock.now() - beganMs });
    return listed.archived ? undefined : listedProduct(listed, undefined);
  }
  return viewOf(read.product);
};

const viewOf = (product: StoredProduct | undefined): Product | undefined =>
  product === undefined || product.offer.archived ? undefined : productView(product.offer, product.details);

/** An empty parameter counts as absent (T13). The category may be repeated; it is a list always. */
const parametersOf = (query: URLSearchParams): object =>
  Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name).filter((value) => value !== '');
      return [name, name === 'category' ? values : values[0]];
    }),
  );

/**
 * Stock by product, kept for a second an instance. A throttled table is no fault of the page: it shows the level, and the
 * instance asks no more for that second, so that browsing never starves the drains (F5).
 */
const makeStockCache = ({ products, clock, logger }: ShopCatalogueDeps) => {
  const kept = new Map<string, { readonly atMs: number; readonly stock: Stock }>();
  let quietUntilMs = Number.NEGATIVE_INFINITY;
  return async (ids: readonly string[]): Promise<ReadonlyMap<string, Stock>> => {
    const freshFrom = clock.now() - stockAgeMs;
    const stale = ids.filter((id) => (kept.get(id)?.atMs ?? 0) < freshFrom);
    if (stale.length > 0 && clock.now() >= quietUntilMs) {
      try {
        const reading = products.readStock(stale).then((found) => {
          for (const [id, stock] of found) kept.set(id, { atMs: clock.now(), stock });
        });
        if (!(await isWithin(stockPatienceMs, reading))) quietUntilMs = clock.now() + stockAgeMs;
      } catch (error) {
        quietUntilMs = clock.now() + stockAgeMs;
        logger.warn('stock-unread', { count: stale.length, ...errorFields(error) });
      }
    }
    return new Map(
      ids.flatMap((id) => {
        const entry = kept.get(id);
        return entry === undefined || entry.atMs < freshFrom ? [] : [[id, entry.stock] as const];
      }),
    );
  };
};

/** Where the number is not to be had, the least that its level promises: none, one, or just more than low. */
const leastOf: Readonly<Record<StockLevel, number>> = { out: 0, low: 1, in: limits.stockLowMax + 1 };

const listedProduct = (product: SnapshotProduct, stock: Stock | undefined): Product => ({
  id: product.id,
  version: product.version,
  rev: stock?.rev ?? product.rev,
  name: product.name,
  category: product.category,
  description: product.description,
  price: { amountMinor: stock?.priceMinor ?? product.price.amountMinor, currency: product.price.currency },
  stock:
    stock === undefined
      ? { available: leastOf[product.level], level: product.level }
      : { available: stock.stock, level: stockLevelOf(stock.stock) },
  images: product.images,
});

/** The calls of the function shop-catalogue, by route. */
export const shopCatalogueRoutes = (deps: ShopCatalogueDeps): Routes => ({
  'GET /api/health': makeHealth(deps),
  'GET /api/products': makeListProducts(deps),
  'GET /api/products/{id}': makeShowProduct(deps),
});
