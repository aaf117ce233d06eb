import { problemCodes, problemKind } from '@penstock/domain/problems';
import { HttpError } from 'react-admin';
import { expect, it } from 'vitest';
import { faultRefreshMs, wordsForPeople } from '#data/passing-fault.ts';

const stateOf = (error: Error | null) => ({ state: { status: error === null ? 'success' : 'error', error } }) as never;

it('what could not be read is asked again by itself, and what was refused is not', () => {
  expect(
    [null, new HttpError('no', 422), new HttpError('busy', 503), new TypeError('gone')]
      .map(stateOf)
      .map(faultRefreshMs),
  ).toEqual([false, false, 5000, 5000]);
});

it('no fault speaks of headers to staff, and what it says beside them stays', () => {
  const said =
    'Not confirmed: the store did not answer. Send the same again after Retry-After, with the same Idempotency-Key if you sent one.';
  expect(wordsForPeople(said)).toBe('Not confirmed: the store did not answer. Try again in a moment.');
  expect(wordsForPeople('Say why in 3.5 words.')).toBe('Say why in 3.5 words.');
  for (const { status, remedy } of problemCodes.map(problemKind))
    if (status >= 429) expect(wordsForPeople(remedy)).not.toMatch(/Retry-After|Idempotency/);
});
