import { nextStamp, type Stamp } from '@penstock/domain/stamps';

/** Stamps for ops that came without one: monotone within an instance, whose device name no browser has (C2). */
export const makeServerStamps = (now: () => number, instance: string): (() => Stamp) => {
  const device = `server-${instance}`;
  let last: Stamp | undefined;
  return () => {
    last = nextStamp(last, now(), device);
    return last;
  };
};
