import { expect, it } from 'vitest';
import { networkRefusal } from '#frame/staff-network.ts';

const refusalWhen = (call: () => Promise<Response>) => networkRefusal('http://api', call as typeof fetch);

it.each([
  ['refuses with its reason', async () => new Response('{}', { status: 403 }), 'not-in-network'],
  [
    'is refused by the gateway, which a page cannot read',
    () => Promise.reject(new TypeError('Failed to fetch')),
    'no-answer',
  ],
  ['lets in', async () => new Response('{}'), undefined],
  ['is busy', async () => new Response('{}', { status: 503 }), undefined],
  ['is slow', () => Promise.reject(new DOMException('late', 'TimeoutError')), undefined],
] as const)('an API that %s', async (_what, call, refusal) => {
  expect(await refusalWhen(call)).toBe(refusal);
});
