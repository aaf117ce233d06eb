import { fc, test } from '@fast-check/vitest';
import type { SnapshotProduct } from '@penstock/domain/items';
import { chunkOf } from '@penstock/domain/snapshot';
import { describe, expect, it } from 'vitest';
import {
  type CatalogueChunk,
  type CatalogueHead,
  chunkBytesMax,
  foldCatalogue,
  snapshotProductOf,
  stepBytesMax,
} from '#core/catalogue-fold';
import { detailsRow, offerRow } from '#testing/rows';

const nowMs = 1_763_892_000_000;
const productOf = (id: string, rev: number, stock: number, description = ''): SnapshotProduct =>
  snapshotProductOf(offerRow({ id, rev, stock }), detailsRow({ id, description }));

type State = { readonly head: CatalogueHead | undefined; readonly chunks: ReadonlyMap<string, CatalogueChunk> };
const empty: State = { head: undefined, chunks: new Map() };

/** Folds and applies every step, as the store would. */
const apply = (state: State, products: readonly SnapshotProduct[], fingerprint: string) => {
  const names = [...new Set(products.map((product) => chunkOf(product.id)))];
  const read = new Map(names.map((name) => [name, state.chunks.get(name) ?? { rev: 0, products: [] }]));
  const fold = foldCatalogue({ head: state.head, chunks: read, products, fingerprint, nowMs });
  let { head } = state;
  const chunks = new Map(state.chunks);
  for (const step of fold.steps) {
    expect(step.read).toEqual(head);
    head = step.head;
    for (const [name, { products: written }] of step.chunks)
      chunks.set(name, { rev: step.head.rev, products: written });
  }
  return { state: { head, chunks }, fold };
};

const batches = fc.array(
  fc.array(
    fc.record({
      id: fc.constantFrom('assam', 'oolong', 'sencha', 'v60-dripper'),
      stock: fc.integer({ min: 0, max: 8 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  { minLength: 1, maxLength: 8 },
);

describe('foldCatalogue', () => {
  test.prop([batches])('lists the last level of each product, and its head only moves up', (list) => {
    let state = empty;
    const last = new Map<string, SnapshotProduct>();
    let rev = 0;
    for (const [number, batch] of list.entries()) {
      const products = [...new Map(batch.map((each) => [each.id, each])).values()].map((each) => {
        rev += 1;
        return productOf(each.id, rev, each.stock);
      });
      const before = state.head?.rev ?? 0;
      const applied = apply(state, products, `batch-${number}`);
      state = applied.state;
      for (const product of products) last.set(product.id, product);
      expect(applied.fold.rev).toBeGreaterThan(before);
      expect(state.head?.rev).toBe(applied.fold.rev);
      expect(apply(state, products, `batch-${number}`).fold).toEqual({ steps: [], rev: applied.fold.rev, full: [] });
    }
    const listed = [...state.chunks.values()].flatMap((chunk) => chunk.products);
    expect(new Map(listed.map((product) => [product.id, product.level]))).toEqual(
      new Map([...last].map(([id, product]) => [id, product.level])),
    );
    for (const [name, chunk] of state.chunks) expect(state.head?.chunks[name]).toBe(chunk.rev);
  });

  it('splits what one transaction cannot hold, and settles the batch with the last step alone', () => {
    const products = Array.from({ length: 1200 }, (_, index) =>
      productOf(`product-number-${index}`, index + 1, 9, 'x'.repeat(4000)),
    );
    const { fold, state } = apply(empty, products, 'all');
    expect(fold.full).toEqual([]);
    expect(fold.steps.length).toBeGreaterThan(1);
    for (const step of fold.steps)
      expect(Buffer.byteLength(JSON.stringify([...step.chunks.values()]))).toBeLessThan(stepBytesMax * 1.01);
    expect(fold.steps.map((step) => step.head.announced)).toEqual([...fold.steps.slice(1).map(() => undefined), 'all']);
    expect([...state.chunks.values()].flatMap((chunk) => chunk.products)).toHaveLength(1200);
  });

  it('leaves a chunk as it was when it would outgrow its row, names it, and still announces the batch', () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => `product-number-${index}`);
    const name = chunkOf(ids[0] ?? '');
    const together = ids.filter((id) => chunkOf(id) === name).slice(0, 120);
    const { state } = apply(empty, [productOf(together[0] ?? '', 1, 9)], 'first');
    const { state: after, fold } = apply(
      state,
      together.map((id, index) => productOf(id, index + 2, 9, 'x'.repeat(4000))),
      'second',
    );
    expect(fold.full).toEqual([name]);
    expect(after.chunks).toEqual(state.chunks);
    expect(fold.rev).toBe(nowMs + 1);
    expect(chunkBytesMax).toBeLessThan(400 * 1024);
  });
});
