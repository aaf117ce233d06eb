import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type PatientLanes, workPatiently } from '#flows/patient-lanes';

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const lanes = (more: Partial<PatientLanes<number>> & Pick<PatientLanes<number>, 'work'>): PatientLanes<number> => ({
  width: 2,
  asideMax: 4,
  slowAfterMs: 10,
  ready: async () => true,
  ...more,
});

describe('[H4] slow connections', () => {
  it('hold nobody up: what is behind them is done first, and the end waits for them', async () => {
    const ended: number[] = [];
    await workPatiently(
      range(20),
      lanes({
        work: async (item) => {
          if (item < 3) await wait(150);
          ended.push(item);
        },
      }),
    );
    expect(ended.slice(0, 17)).toEqual(range(20).slice(3));
    expect(ended.slice(17).toSorted()).toEqual([0, 1, 2]);
  });

  it('are never more at once than the lanes and the places aside', async () => {
    let under = 0;
    let most = 0;
    await workPatiently(
      range(12),
      lanes({
        asideMax: 3,
        work: async () => {
          under += 1;
          most = Math.max(most, under);
          await wait(30);
          under -= 1;
        },
      }),
    );
    expect(most).toBeLessThanOrEqual(5);
  });

  it('leaves out what is not ready, and throws what the work throws, aside too', async () => {
    const worked: number[] = [];
    await workPatiently(
      range(4),
      lanes({ ready: async (item) => item % 2 === 0, work: async (item) => void worked.push(item) }),
    );
    expect(worked).toEqual([0, 2]);
    const late = async () => {
      await wait(30);
      throw new Error('broken');
    };
    await expect(workPatiently([1, 2, 3], lanes({ work: late }))).rejects.toThrow('broken');
  });
});
