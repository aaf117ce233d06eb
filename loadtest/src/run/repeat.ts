import { existsSync, renameSync, rmSync } from 'node:fs';
import type { Result } from '#result';
import { verdictText } from '#verdict';

export type RepeatDeps = {
  readonly run: () => Promise<Result>;
  /** Puts the files of the run that did not count where the next one does not overwrite them; answers where. */
  readonly setAside: () => string;
  /** Whether one run is all that is wanted. */
  readonly once: boolean;
  readonly isInterrupted: () => boolean;
  readonly say: (text: string) => void;
};

/** A run that does not count is made once more by itself (design, section 9), for what spoilt it is often over by then. */
export const runUntilItCounts = async ({
  run,
  setAside: aside,
  once,
  isInterrupted,
  say,
}: RepeatDeps): Promise<Result> => {
  const first = await run();
  if (first.verdict !== 'inconclusive' || once || isInterrupted()) return first;
  say(verdictText(first));
  say(`\nOnce more, because this one does not count. Its files are in ${aside()}.`);
  return run();
};

export const setAside = (folder: string): string => {
  const place = `${folder}-inconclusive`;
  if (existsSync(place)) rmSync(place, { recursive: true, force: true });
  renameSync(folder, place);
  return place;
};
