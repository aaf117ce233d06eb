import { HttpError } from 'react-admin';

/** Sends one act under its key. */
type Send<T> = (key: string) => Promise<T>;

export type Act = {
  /** The record that it changes: once an act on it has an answer, what was left open before is history. */
  readonly about: string;
  readonly asks: string;
};

/**
 * One press is one act: one call while it is on its way, and one Idempotency-Key until it has an answer. An act is what it
 * asks for, so the same form sent again after a lost reply is the same act, and the server tells it apart from another.
 */
export const makeActs = (mintKey: () => string = () => crypto.randomUUID()) => {
  /** The keys of acts that nobody answered, by what they ask, of each record. */
  const unanswered = new Map<string, Map<string, string>>();
  const onTheirWay = new Map<string, Promise<unknown>>();

  const keep = (about: string, asks: string, key: string): void => {
    unanswered.set(about, (unanswered.get(about) ?? new Map<string, string>()).set(asks, key));
  };

  return <T>({ about, asks }: Act, send: Send<T>): Promise<T> => {
    const act = `${about}\n${asks}`;
    const known = onTheirWay.get(act) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const key = unanswered.get(about)?.get(asks) ?? mintKey();
    const sending = send(key)
      .then(
        (answer) => {
          unanswered.delete(about);
          return answer;
        },
        (fault: unknown) => {
          if (isAnswer(fault)) unanswered.delete(about);
          else keep(about, asks, key);
          throw fault;
        },
      )
      .finally(() => onTheirWay.delete(act));
    onTheirWay.set(act, sending);
    return sending;
  };
};

/** Whether the server decided. A lost reply, a gateway's time-out and "try again" leave it open (contract, section 3). */
const isAnswer = (fault: unknown): boolean =>
  fault instanceof HttpError && fault.status >= 400 && fault.status < 500 && ![408, 429].includes(fault.status);
