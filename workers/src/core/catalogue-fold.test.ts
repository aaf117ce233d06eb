import { fc, test } from '@fast-check/vitest';
import type { SnapshotProduct } from '@penstock/domain/items';
import { chunkOf, chunkRowsOf } from '@penstock/domain/snapshot';
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
  const names = chunkRowsOf(
    products.map((product) => product.id),
    state.head?.chunks,
  );
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
      expect(apply(state, products, `batch-${number}`).fold).toEqual({ steps: [], rev: applied.fold.rev });
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
    expect(fold.steps.length).toBeGreaterThan(1);
    for (const step of fold.steps)
      expect(Buffer.byteLength(JSON.stringify([...step.chunks.values()]))).toBeLessThan(stepBytesMax * 1.01);
    expect(fold.steps.map((step) => step.head.announced)).toEqual([...fold.steps.slice(1).map(() => undefined), 'all']);
    expect([...state.chunks.values()].flatMap((chunk) => chunk.products)).toHaveLength(1200);
  });

  describe('a chunk that outgrows its row', () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => `product-number-${index}`);
    const name = chunkOf(ids[0] ?? '');
    const together = ids.filter((id) => chunkOf(id) === name).slice(0, 120);
    const rowsOf = (state: State) => [...state.chunks].filter(([row]) => row.startsWith(name));
    const listed = (state: State) => [...state.chunks.values()].flatMap(({ products }) => products);

    it('goes on in further rows: no product of any text is left out, none stands twice', () => {
      const texts = ['茶'.repeat(4000), '🍵'.repeat(2000), 'x'.repeat(4000)];
      const products = together.map((id, index) => productOf(id, index + 1, 9, texts[index % 3]));
      const { state } = apply(empty, products, 'all');
      expect(rowsOf(state).map(([row]) => row)).toEqual([name, `${name}+1`, `${name}+2`]);
      for (const [, { products: row }] of rowsOf(state))
        expect(Buffer.byteLength(JSON.stringify(row))).toBeLessThanOrEqual(chunkBytesMax);
      expect(
        listed(state)
          .map(({ id }) => id)
          .sort(),
      ).toEqual([...together].sort());
      expect(chunkBytesMax).toBeLessThan(400 * 1024);
    });

    it('one by one as well as at once, and what grows moves without touching the other rows', () => {
      let state = empty;
      let rev = 0;
      for (const text of ['short', '茶'.repeat(4000), 'short again', '茶'.repeat(3000)])
        for (const id of together.slice(0, 60)) {
          rev += 1;
          const { state: next, fold } = apply(state, [productOf(id, rev, 9, text)], `edit-${rev}`);
          const written = fold.steps.reduce((count, step) => count + step.chunks.size, 0);
          expect(written).toBeLessThanOrEqual(2);
          expect(next.chunks.size).toBeGreaterThanOrEqual(state.chunks.size);
          state = next;
        }
      expect(new Map(listed(state).map(({ id, description }) => [id, description.length]))).toEqual(
        new Map(together.slice(0, 60).map((id) => [id, 3000])),
      );
      expect(listed(state)).toHaveLength(60);
    });

    it('of a snapshot that an earlier release wrote is read and goes on', () => {
      const old = together.slice(0, 20).map((id, index) => productOf(id, index + 1, 9, 'x'.repeat(4000)));
      const before: State = {
        head: { rev: 7, chunks: { [name]: 7 } },
        chunks: new Map([[name, { rev: 7, products: old }]]),
      };
      const more = together.slice(20, 60).map((id, index) => productOf(id, index + 100, 9, '茶'.repeat(4000)));
      const { state } = apply(before, more, 'more');
      expect(listed(state)).toHaveLength(60);
      expect(state.head?.chunks).toEqual({ [name]: 8, [`${name}+1`]: 8 });
    });
  });
});
