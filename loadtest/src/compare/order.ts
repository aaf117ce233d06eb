import { type WritePath, writePaths } from '@penstock/platform/settings';

export type ComparedRun = { readonly seed: number; readonly writePath: WritePath };

/**
 * The runs of a comparison: all write paths of a seed before the next seed, so that an early end leaves whole rounds, and
 * each round begins with another path, so that none has always the fresh machine.
 */
export const comparedRuns = (seeds: readonly number[]): readonly ComparedRun[] =>
  seeds.flatMap((seed, round) =>
    writePaths.flatMap((_, turn) => {
      const writePath = writePaths[(round + turn) % writePaths.length];
      return writePath === undefined ? [] : [{ seed, writePath }];
    }),
  );

export const folderOf = ({ seed, writePath }: ComparedRun): string => `${seed}-${writePath}`;
