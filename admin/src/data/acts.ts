import { HttpError } from 'react-admin';

/** Sends one act under its key. */
type Send<T> = (key: string) => Promise<T>;

/**
 * One press is one act: one call while it is on its way, and one Idempotency-Key until it has an answer. An act is what it
 * asks for, so the same form sent again after a lost reply is the same act, and the server tells it apart from another.
 */
export const makeActs = (mintKey: () => string = () => crypto.randomUUID()) => {
  const unanswered = new Map<string, string>();
  const onTheirWay = new Map<string, Promise<unknown>>();

  return <T>(act: string, send: Send<T>): Promise<T> => {
    const known = onTheirWay.get(act) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const key = unanswered.get(act) ?? mintKey();
    unanswered.set(act, key);
    const sending = send(key)
      .then(
        (answer) => {
          unanswered.delete(act);
          return answer;
        },
        (fault: unknown) => {
          if (isAnswer(fault)) unanswered.delete(act);
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
