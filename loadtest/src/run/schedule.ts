import type { Profile } from '#profiles';
import { callControl } from '#run/control';

/** Does what a profile does to the cloud while it is loaded: capacity steps and kills. `stop` resolves with what failed. */
export const scheduleEvents = (
  controlUrl: string,
  profile: Pick<Profile, 'steps' | 'kills' | 'pause'> & { readonly capacity: number },
  say: (text: string) => void,
): { readonly stop: () => Promise<readonly string[]> } => {
  const faults: string[] = [];
  const going: Promise<void>[] = [];
  const at = (second: number, what: string, act: () => Promise<unknown>): NodeJS.Timeout =>
    setTimeout(() => {
      say(what);
      going.push(
        act().then(
          () => undefined,
          (error: unknown) => {
            faults.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
          },
        ),
      );
    }, second * 1000);
  const timers: NodeJS.Timeout[] = [];
  let second = 0;
  for (const { seconds, capacityShare } of profile.steps) {
    if (capacityShare !== undefined) {
      const writePerSecond = Math.max(1, Math.round(profile.capacity * capacityShare));
      timers.push(
        at(second, `The tables now take ${writePerSecond} write units a second.`, () =>
          callControl(controlUrl, 'PUT', '/capacity', {
            orders: { writePerSecond },
            baskets: { writePerSecond },
            products: { writePerSecond },
          }),
        ),
      );
    }
    second += seconds;
  }
  const pauseDrains = (paused: boolean) => async () => {
    for (const name of ['place-orders', 'fold-baskets'])
      await callControl(controlUrl, 'PUT', '/switches', { source: { name, paused } });
  };
  if (profile.pause !== undefined) {
    timers.push(at(profile.pause.fromSecond, 'The drains are paused.', pauseDrains(true)));
    timers.push(at(profile.pause.toSecond, 'The drains work again.', pauseDrains(false)));
  }
  for (const { atSecond, part } of profile.kills)
    timers.push(
      at(atSecond, `Killing the ${part}.`, () =>
        callControl(controlUrl, 'POST', `/parts/${part}/kill`, { signal: 'SIGKILL' }),
      ),
    );
  return {
    stop: async () => {
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(going);
      return faults;
    },
  };
};
