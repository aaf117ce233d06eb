import { type Plan, stepsOffered } from '#plan';
import type { Sample } from '#record';

/** What people see of a run, on stderr: the step and the time that is left. */
export type Progress = {
  readonly say: (text: string) => void;
  readonly loadBegins: (plan: Plan) => void;
  readonly drainBegins: (secondsMax: number) => void;
  readonly auditBegins: () => void;
  readonly sampled: (sample: Sample) => void;
};

/** Without a terminal one line every ten seconds is enough. */
const quietEverySeconds = 10;

export type Screen = { readonly isTTY: boolean; readonly write: (text: string) => void; readonly now: () => number };

export const makeProgress = (screen: Screen): Progress => {
  let plan: Plan | undefined;
  let phase: 'boot' | 'load' | 'drain' = 'boot';
  let sinceMs = screen.now();
  let drainSecondsMax = 0;
  let saidAtSecond = -quietEverySeconds;
  const begin = (next: typeof phase): void => {
    phase = next;
    sinceMs = screen.now();
    saidAtSecond = -quietEverySeconds;
  };
  const say = (text: string): void => screen.write(`${screen.isTTY ? '\r\u001b[K' : ''}${text}\n`);
  const lineOf = (second: number): string | undefined => {
    if (phase === 'load' && plan !== undefined) return loadLine(plan, second);
    return phase === 'drain' ? `draining  ${second} s, at most ${drainSecondsMax} s` : undefined;
  };
  return {
    say,
    loadBegins: (begun) => {
      plan = begun;
      begin('load');
      say(
        `${begun.journey} ${begun.profile}, seed ${begun.seed}: about ${Math.round(stepsOffered(begun.steps))} arrivals.`,
      );
    },
    drainBegins: (secondsMax) => {
      drainSecondsMax = secondsMax;
      begin('drain');
    },
    auditBegins: () => {
      begin('boot');
      say('Drained. Reading what is stored.');
    },
    sampled: ({ queues }) => {
      const second = Math.floor((screen.now() - sinceMs) / 1000);
      const line = lineOf(second);
      if (line === undefined) return;
      const waiting = ['orders', 'baskets', 'moves'].reduce((sum, name) => sum + (queues[name]?.waiting ?? 0), 0);
      const text = `${line}  ${waiting} writes wait`;
      if (screen.isTTY) screen.write(`\r\u001b[K${text}`);
      else if (second - saidAtSecond >= quietEverySeconds) {
        saidAtSecond = second;
        screen.write(`${text}\n`);
      }
    },
  };
};

const loadLine = ({ steps, seconds, settleSeconds }: Plan, second: number): string => {
  const index = steps.findIndex((step) => second < step.startSecond + step.seconds);
  const step = steps[index];
  if (step === undefined)
    return settleSeconds === 0
      ? 'the last answers'
      : `sockets stay open  ${Math.max(0, seconds + settleSeconds - second)} s left`;
  return `step ${index + 1} of ${steps.length}, ${step.name}  ${step.startSecond + step.seconds - second} s of it, ${seconds - second} s in all left`;
};
