import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { livingOwner } from '#supervisor/data-folder';
import { CommandEnded } from '#supervisor/exit';

/** What run.json says of a cloud (contract, section 1). */
export type Running = Readonly<Record<string, unknown>> & { readonly pid: number };

/** The state of the cloud that runs on a data folder. Throws CommandEnded (3) when none does, or it is not ready yet. */
export const readRunning = (data: string): Running => {
  const pid = runningPid(data);
  const state = readState(join(resolve(data), 'run.json'));
  if (state?.pid !== pid)
    throw new CommandEnded(
      3,
      `The cloud on ${resolve(data)} (process id ${pid}) is not ready yet. Ask again in a moment.`,
    );
  return state;
};

/** A process id comes round again: only the lock proves that it is still the cloud's. */
export const runningPid = (data: string): number => {
  const pid = livingOwner(resolve(data));
  if (pid === undefined)
    throw new CommandEnded(3, `Nothing is running on ${resolve(data)}. Start it with \`npm start\`.`);
  return pid;
};

/** What run.json says; undefined when there is none, or no whole one. */
const readState = (file: string): Running | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Running;
  } catch {
    return undefined;
  }
};
