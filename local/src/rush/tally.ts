import type { Attempt, Refused } from '#rush/crowd';

export type Tally = {
  readonly asked: number;
  readonly accepted: number;
  readonly placed: number;
  /** Accepted and not settled yet. */
  readonly waiting: number;
  /** Settled otherwise: sold out meanwhile, or held. */
  readonly other: Readonly<Record<string, number>>;
  readonly notTaken: Readonly<Record<string, number>>;
  /** Longest wait that was stated when an order was accepted. */
  readonly statedWaitMs: number;
};

const settled: readonly string[] = ['placed', 'packed', 'shipped', 'delivered'];

export const tallyOf = (asked: number, attempts: readonly Attempt[], refused: readonly Refused[]): Tally => {
  const other = new Map<string, number>();
  for (const { status } of attempts)
    if (status !== 'accepted' && !settled.includes(status)) other.set(status, (other.get(status) ?? 0) + 1);
  const notTaken = new Map<string, number>();
  for (const { status, code } of refused) {
    const word = code === '' ? `status ${status}` : code;
    notTaken.set(word, (notTaken.get(word) ?? 0) + 1);
  }
  return {
    asked,
    accepted: attempts.length,
    placed: attempts.filter(({ status }) => settled.includes(status)).length,
    waiting: attempts.filter(({ status }) => status === 'accepted').length,
    other: Object.fromEntries(other),
    notTaken: Object.fromEntries(notTaken),
    statedWaitMs: Math.max(0, ...attempts.map(({ statedWaitMs }) => statedWaitMs)),
  };
};

/** `[#####.......]  40 accepted, 12 placed, 28 waiting; stated wait up to 23 s`. */
export const lineOf = (tally: Tally, seconds: number): string => {
  const width = 30;
  const full = Math.round((tally.placed / tally.asked) * width);
  const more = Object.entries({ ...tally.other, ...tally.notTaken }).map(([word, count]) => `, ${count} ${word}`);
  return (
    `${String(seconds).padStart(4)} s  [${'#'.repeat(full)}${'.'.repeat(width - full)}]  ` +
    `${tally.accepted} accepted, ${tally.placed} placed, ${tally.waiting} waiting${more.join('')}; ` +
    `stated wait up to ${secondsOf(tally.statedWaitMs)}`
  );
};

export const secondsOf = (ms: number): string => (ms < 1000 ? 'a moment' : `${Math.round(ms / 1000)} s`);
