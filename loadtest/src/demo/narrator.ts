import type { Plan } from '#plan';
import type { Sample } from '#record';
import type { Progress, Screen } from '#run/progress';

/** What is told when a step of the profile `demo` begins, in its order. */
const chapters: readonly string[] = [
  `1. An ordinary day. k6 plays shoppers; each arrival orders two products. The tables take 50 write units a second,
   which is plenty: an order is stored a moment after it was accepted.`,
  `2. Now the tables are starved to 10 write units a second, and about four times as many orders come as they can take.
   Watch the queue: every order is still accepted at once, because accepting one writes to no table. Behind the queue
   paced workers use what capacity there is and hardly ever meet a throttle. In half a minute the database is killed.`,
  `3. The capacity is back and the flood is over. Nobody has to do anything: the workers see the new limit within two
   seconds and work the queue off.`,
];
const draining =
  '4. The load is over. What was accepted must now be stored, all of it: waiting until the queues are empty.';
const auditing =
  '5. Empty. Now the audit: every receipt that a shopper got against what is really stored, unit by unit of stock.';

const killed = `   The database is killed now, in the middle of the flood. It comes back by itself in a few seconds. Shoppers notice
   nothing: their orders go on into the queue, and what was being written is tried again without writing it twice.`;

/** What a run says of itself, in the words of the demo. */
const retold: Readonly<Record<string, string>> = {
  'Killing the database.': killed,
  'The tables now take 10 write units a second.': '',
  'The tables now take 50 write units a second.': '',
};

const barWidth = 30;
/** The rate is that of so many samples: one second alone is noise. */
const smoothOver = 5;
/** Without a terminal a line every five seconds is enough. */
const quietEverySeconds = 5;

/** Tells the demo in plain words, with one live line beneath. */
export const makeNarrator = (screen: Screen): Progress => {
  let plan: Plan | undefined;
  let chapter = -1;
  let beganMs = 0;
  let saidAtMs = Number.NEGATIVE_INFINITY;
  const recent: Sample[] = [];
  let deepest = 1;
  const say = (told: string): void => {
    const text = retold[told] ?? told;
    if (text !== '') screen.write(`${screen.isTTY ? '\r\u001b[K' : ''}${text}\n`);
  };
  const tell = (text: string): void => say(`\n${text}\n`);
  const turnTo = (second: number): void => {
    const now = plan?.steps.findLastIndex(({ startSecond }) => startSecond <= second) ?? -1;
    if (now <= chapter) return;
    chapter = now;
    const text = chapters[now];
    if (text !== undefined) tell(text);
  };
  return {
    say,
    loadBegins: (begun) => {
      plan = begun;
      beganMs = screen.now();
      turnTo(0);
    },
    drainBegins: () => {
      plan = undefined;
      tell(draining);
    },
    auditBegins: () => tell(auditing),
    sampled: (sample) => {
      const nowMs = screen.now();
      turnTo((nowMs - beganMs) / 1000);
      recent.push(sample);
      if (recent.length > smoothOver) recent.shift();
      deepest = Math.max(deepest, waitingOf(sample));
      const line = liveLine(sample, recent[0] ?? sample, deepest);
      if (screen.isTTY) screen.write(`\r\u001b[K${line}`);
      else if (nowMs - saidAtMs >= quietEverySeconds * 1000) {
        saidAtMs = nowMs;
        screen.write(`${line}\n`);
      }
    },
  };
};

const waitingOf = ({ queues }: Sample): number => queues.orders?.waiting ?? 0;
/** Write units of the fuller of the two tables that an order is written to. */
const unitsBetween = (from: Sample, to: Sample): number =>
  Math.max(...['orders', 'products'].map((name) => (to.tables[name]?.useful ?? 0) - (from.tables[name]?.useful ?? 0)));

/** `   in the queue ██████··· 213   written 9.8 of 10 units/s   throttled 0` */
const liveLine = (sample: Sample, before: Sample, deepest: number): string => {
  const waiting = waitingOf(sample);
  const filled = Math.round((waiting / deepest) * barWidth);
  const seconds = (sample.atMs - before.atMs) / 1000;
  const written = seconds === 0 ? 0 : unitsBetween(before, sample) / seconds;
  const { capacity = 0, throttled = 0 } = sample.tables.products ?? {};
  return `   in the queue ${'█'.repeat(filled)}${'·'.repeat(barWidth - filled)} ${String(waiting).padStart(4)}   written ${written.toFixed(1)} of ${capacity} units/s   throttled ${throttled}`;
};
