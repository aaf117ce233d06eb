import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlantedShop, playShop } from '#testing/shop-world';

/** Runs; MODEL_RUNS plays more of them: `npm run test:deep` fifty thousand. A failing seed is played again by playShop(seed). */
const runs = Number(process.env.MODEL_RUNS ?? 3000);
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

/** What the model first says of something planted, within a bound. */
const findPlanted = async (planted: PlantedShop): Promise<string> => {
  for (let seed = 0; seed < 1500; seed += 1) {
    const faults = await playShop(seed, planted);
    if (faults.length > 0) return faults.join(', ');
  }
  return 'nothing';
};

describe('the whole write path against a sequential model', () => {
  it(
    '[D7] [E3] [C2] loses, doubles, oversells, strands and wrongly refuses nothing, and nothing told is taken back',
    async () => {
      await fc.assert(
        fc.asyncProperty(seeds, async (seed) => {
          expect(await playShop(seed)).toEqual([]);
        }),
        { numRuns: runs },
      );
    },
    60_000 + runs * 30,
  );

  it('[E3] would strand units if a cancellation gave none back', async () => {
    const moves: PlantedShop['moves'] = (store) => ({
      ...store,
      apply: (move) => store.apply({ ...move, returns: [] }),
    });
    expect(await findPlanted({ moves })).toMatch(/held is/);
  }, 30_000);

  it('[C5] would lose an op by writing a basket over what came meanwhile', async () => {
    const baskets: PlantedShop['baskets'] = (store) => ({
      ...store,
      write: async (row) => {
        const read = await store.read(row.id);
        return store.write(row, read.outcome === 'found' ? read.row.rev : undefined);
      },
    });
    expect(await findPlanted({ baskets })).toMatch(/basket .* is/);
  }, 30_000);

  it('[E3] would make a move twice without the condition on the order as read', async () => {
    const moves: PlantedShop['moves'] = (store) => ({
      ...store,
      apply: async (move) => {
        const now = await store.read(move.read.id);
        return now.outcome === 'found' ? store.apply({ ...move, read: now.row }) : store.apply(move);
      },
    });
    expect(await findPlanted({ moves })).toMatch(/went from|came to an end|held is/);
  }, 30_000);
});
