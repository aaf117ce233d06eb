import type { DeadLetterView, LetterResults } from '@penstock/domain/dead-letters';
import { own } from '@penstock/domain/own';

/** What staff read for the state of a letter. */
export const letterStatusWords: Readonly<Record<DeadLetterView['status'], string>> = {
  open: 'Open',
  requeued: 'Sent again',
  discarded: 'Discarded',
};

const reasonWords: Readonly<Record<string, string>> = {
  unreadable: 'Its message cannot be read',
  invalid: 'The database refuses it, every time',
  'basket-full': 'The basket has no room for it',
  'waited-too-long': 'It waited longer than a message may',
  'received-too-often': 'It was tried again and again without an end',
  'newer-schema': 'It was written by a newer release',
  'stream-failed': 'Pages were not told of a change',
  'kills-the-process': 'It ends the process that works it',
};

/** Why a letter is one, for people; a reason that this release does not know is shown as it is. */
export const letterReason = (reason: string): string => own(reasonWords, reason) ?? reason;

/** Why a letter cannot be sent again; undefined when it can. */
export const redriveHindrance: Readonly<Record<DeadLetterView['redrive'], string | undefined>> = {
  possible: undefined,
  'not-a-write':
    'This is a report about a stream, not a write: there is nothing to send. Open pages correct themselves.',
  'too-old': 'This edit of a basket is older than 45 days: it could bring back a line that was removed since.',
  'stamp-ahead':
    'This edit of a basket carries a time far in the future: it would win over every edit until then. Discard it.',
  'too-large': 'The message was larger than a row, and only its beginning is kept.',
};

/** A time span in the largest unit that says enough: 40 s, 12 min, 5 h, 3 days. */
export const ageText = (ms: number): string => {
  const minutes = ms / 60_000;
  if (minutes < 2) return `${Math.max(0, Math.round(ms / 1000))} s`;
  if (minutes < 120) return `${Math.round(minutes)} min`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / 60 / 24)} days`;
};

/** How often something happened. */
export const timesText = (count: number): string => (count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`);

/** What came of a call over letters, in one sentence. */
export const resultText = ({ results, more }: LetterResults): string => {
  const count = (outcome: LetterResults['results'][number]['outcome']) =>
    results.filter((each) => each.outcome === outcome).length;
  const parts = [
    [count('requeued'), 'sent again'],
    [count('discarded'), 'discarded'],
    [count('already-settled'), 'settled before'],
    [count('gone'), 'no longer there'],
  ] as const;
  const said = parts.flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`]));
  const text = said.length === 0 ? 'There was nothing to do' : said.join(', ');
  return more === true ? `${text}. There are more: do it again.` : `${text}.`;
};
