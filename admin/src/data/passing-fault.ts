import type { Query } from '@tanstack/react-query';
import { HttpError } from 'react-admin';

/** Whether a fault may pass by itself. A refusal is an answer: asked again it is the same. */
export const passesByItself = (fault: unknown): boolean =>
  !(fault instanceof HttpError && fault.status < 500 && fault.status !== 429);

const againMs = 5000;

/** How soon what could not be read is asked again, so that a page mends itself when the shop does. */
export const faultRefreshMs = ({ state: { status, error } }: Pick<Query, 'state'>): number | false =>
  status === 'error' && passesByItself(error) ? againMs : false;

/** What a fault says to tools, about headers, in the words of a page. */
export const wordsForPeople = (text: string): string =>
  text.replace(/[^.]*\b(?:Retry-After|Idempotency-Key)\b[^.]*\.?/g, (_sentence, at: number) =>
    at === 0 ? 'Try again in a moment.' : ' Try again in a moment.',
  );
