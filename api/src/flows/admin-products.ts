import type { Clock } from '@penstock/domain/clock';
import { productIdPattern } from '@penstock/domain/ids';
import {
  type CreateProduct,
  createProductSchemaIn,
  type EditProduct,
  editProductSchemaIn,
  type StaffProduct,
} from '@penstock/domain/product';
import { staffProductView } from '@penstock/domain/views';
import type { EditOutcome, ProductEdit, ProductStore, StoredProduct } from '@penstock/platform/product-store';
import type { SnapshotReader } from '@penstock/platform/snapshot-reader';
import { listProducts, productListsServed } from '#core/list-products';
import {
  type Edit,
  editedDetails,
  editedOffer,
  ledgerEntry,
  newDetails,
  newOffer,
  stockDeltaOf,
} from '#core/product-edits';
import { proposeIds } from '#core/propose-id';
import { productDeed } from '#core/staff-deeds';
import type { Routes } from '#http/api';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { readBody } from '#http/body';
import { editIdOf, staffNameOf } from '#http/guards';
import { idsOfFilter, listAnswer, listQueryOf, noSuchIndex } from '#http/list-answer';
import { fieldProblem, ProblemError } from '#http/problem-error';

export type AdminProductsDeps = {
  readonly snapshot: Pick<SnapshotReader, 'read'>;
  readonly products: ProductStore;
  readonly currency: string;
  readonly clock: Clock;
  readonly mintId: () => string;
};

/** GET /products: found in the snapshot, shown as stored now; getMany by ids, whole. */
const makeListStaffProducts =
  ({ snapshot, products }: AdminProductsDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const query = listQueryOf(call);
    const ids = idsOfFilter(query.filter);
    if (ids !== undefined && query.isWhole) {
      const rows = await products.readMany(ids.filter((id) => productIdPattern.test(id)));
      const records = ids.flatMap((id) => viewOf(rows.get(id)));
      return listAnswer('products', records, query, records.length);
    }
    const found = listProducts([...(await snapshot.read(0)).products], query);
    if (!found.ok) throw noSuchIndex(found.what, productListsServed);
    const page = found.ids.slice(query.range[0], query.range[1] + 1);
    const rows = await products.readMany(page);
    return listAnswer(
      'products',
      page.flatMap((id) => viewOf(rows.get(id))),
      query,
      found.ids.length,
    );
  };

/** GET /products/{id}: read strongly, archived ones too. */
const makeShowStaffProduct =
  ({ products }: AdminProductsDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const product = await existing(products, call.parameters.id ?? '');
    return { status: 200, body: staffProductView(product.offer, product.details) };
  };

/** POST /products: rev starts at the server's milliseconds, the opening stock is the ledger's first entry (E1, E2). */
const makeCreateProduct =
  (deps: AdminProductsDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> => {
    const draft = readBody(call, createProductSchemaIn(deps.currency));
    const edit = editOf(deps, call, correlationId);
    const stockDelta = stockDeltaOf(draft.stockChange);
    if (stockDelta < 0) throw fieldProblem('/stockChange', 'The opening stock cannot be negative.', 'Give 0 or more.');
    const stored = await create(deps, draft, edit, stockDelta);
    const { id } = stored.offer;
    return {
      status: 201,
      body: staffProductView(stored.offer, stored.details),
      headers: { location: `/products/${id}` },
      log: { productId: id },
    };
  };

/** Under the id that was given, or the first free one that the name proposes: two products may have one name. */
const create = async (
  deps: AdminProductsDeps,
  draft: CreateProduct,
  edit: Edit,
  stockDelta: number,
): Promise<StoredProduct> => {
  for (const id of draft.id === undefined ? proposeIds(draft.name) : [draft.id]) {
    const outcome = await deps.products.write(creation(id, draft, edit, stockDelta, deps.clock.now()));
    const stored = await existing(deps.products, id);
    if (outcome !== 'exists' || stored.offer.editIds.includes(edit.editId)) return stored;
  }
  if (draft.id !== undefined)
    throw fieldProblem('/id', `There is a product ${draft.id} already.`, 'Choose another id, or edit that product.');
  throw fieldProblem('/name', 'Too many products have this name.', 'Choose a name that tells it apart.');
};

/** PUT /products/{id}: merges what is sent, on condition of the version seen; the stock moves by a delta (E1, E2). */
const makeEditProduct =
  (deps: AdminProductsDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> => {
    const id = call.parameters.id ?? '';
    const wanted = readBody(call, editProductSchemaIn(deps.currency));
    const edit = editOf(deps, call, correlationId);
    const stored = await existing(deps.products, id);
    if (stored.offer.editIds.includes(edit.editId)) return answerOf(id, stored);
    if (isReached(stored, wanted)) return answerOf(id, stored);
    if (stored.offer.version !== wanted.version) throw conflict(stored);
    return applyEdit(deps, stored, wanted, edit);
  };

/** Whoever asks for nothing but a state that the product has by now has it: two people may put it back on sale. */
const isReached = ({ offer }: StoredProduct, { version: _, archived, ...rest }: EditProduct): boolean =>
  archived === offer.archived && Object.values(rest).every((value) => value === undefined);

/** DELETE /products/{id} archives, whatever the version: it is asked for by name and can be undone. */
const makeArchiveProduct =
  (deps: AdminProductsDeps) =>
  async (call: ApiCall, correlationId: string): Promise<ApiAnswer> => {
    const edit = editOf(deps, call, correlationId);
    for (let tries = 0; tries < 5; tries += 1) {
      const stored = await existing(deps.products, call.parameters.id ?? '');
      if (stored.offer.archived) return answerOf(stored.offer.id, stored);
      try {
        return await applyEdit(deps, stored, { version: stored.offer.version, archived: true }, edit);
      } catch (error) {
        // Somebody edited it in between: it is still to be archived.
        if (!(error instanceof ProblemError && error.code === 'version-conflict')) throw error;
      }
    }
    throw new ProblemError('store-busy', { detail: 'The product changes all the time. Try again.' });
  };

const applyEdit = async (
  deps: AdminProductsDeps,
  stored: StoredProduct,
  wanted: EditProduct,
  edit: Edit,
): Promise<ApiAnswer> => {
  const { offer, details } = stored;
  const after = { offer: editedOffer(offer, wanted, edit), details: editedDetails(offer.id, details, wanted) };
  const outcome = await deps.products.write({
    read: { version: offer.version },
    ...after,
    stockDelta: stockDeltaOf(wanted.stockChange),
    firstRev: 0,
    ledger: ledgerEntry(offer.id, wanted.stockChange, edit),
    deed: productDeed(stored, after, { ...edit, id: edit.editId }),
  });
  const now = await existing(deps.products, offer.id);
  if (outcome === 'written' || now.offer.editIds.includes(edit.editId)) return answerOf(offer.id, now);
  throw refusal(outcome, now);
};

const refusal = (outcome: EditOutcome, now: StoredProduct): ProblemError =>
  outcome === 'stock-short'
    ? fieldProblem(
        '/stockChange',
        `Only ${now.offer.stock} are in stock: the stock cannot fall below zero.`,
        'Take away fewer.',
      )
    : conflict(now);

const conflict = ({ offer, details }: StoredProduct): ProblemError =>
  new ProblemError('version-conflict', {
    detail: 'Changed by someone else since you saw it. Nothing was saved.',
    current: staffProductView(offer, details),
  });

const creation = (id: string, draft: CreateProduct, edit: Edit, stockDelta: number, nowMs: number): ProductEdit => {
  const after = { offer: newOffer(id, draft, edit), details: newDetails(id, draft) };
  return {
    read: undefined,
    ...after,
    stockDelta,
    firstRev: nowMs,
    ledger: ledgerEntry(id, draft.stockChange, edit),
    deed: productDeed(undefined, after, { ...edit, id: edit.editId }),
  };
};

const editOf = ({ clock, mintId }: AdminProductsDeps, call: ApiCall, correlationId: string): Edit => ({
  editId: editIdOf(call, mintId),
  at: new Date(clock.now()).toISOString(),
  staffName: staffNameOf(call),
  correlationId,
});

const existing = async (products: ProductStore, id: string): Promise<StoredProduct> => {
  const product = productIdPattern.test(id) ? await products.read(id) : undefined;
  if (product === undefined) throw new ProblemError('product-not-found');
  return product;
};

const answerOf = (id: string, { offer, details }: StoredProduct): ApiAnswer => ({
  status: 200,
  body: staffProductView(offer, details),
  log: { productId: id },
});

const viewOf = (product: StoredProduct | undefined): readonly StaffProduct[] =>
  product === undefined ? [] : [staffProductView(product.offer, product.details)];

/** The calls of the function admin-products, by route. */
export const adminProductsRoutes = (deps: AdminProductsDeps): Routes => ({
  'GET /products': makeListStaffProducts(deps),
  'POST /products': makeCreateProduct(deps),
  'GET /products/{id}': makeShowStaffProduct(deps),
  'PUT /products/{id}': makeEditProduct(deps),
  'DELETE /products/{id}': makeArchiveProduct(deps),
});
