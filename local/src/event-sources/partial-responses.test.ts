import { describe, expect, it } from 'vitest';
import { readVerdict } from '#event-sources/partial-responses';

const batch = new Set(['a', 'b', 'c']);
const failures = (...identifiers: readonly unknown[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('what a batch function answers', () => {
  it.each([null, undefined, '', {}, { batchItemFailures: null }, { batchItemFailures: [] }, { other: 1 }])(
    '%j means that all succeeded',
    (answer) => {
      expect(readVerdict(answer, batch)).toEqual({ kind: 'some-failed', failed: new Set() });
    },
  );

  it('names what failed, once each', () => {
    expect(readVerdict(failures('b', 'c', 'b'), batch)).toEqual({ kind: 'some-failed', failed: new Set(['b', 'c']) });
  });

  it.each([
    'text',
    7,
    true,
    { batchItemFailures: 'a' },
    { batchItemFailures: {} },
    { batchItemFailures: ['a'] },
    { batchItemFailures: [null] },
    failures(''),
    failures(null),
    failures(undefined),
    failures(1),
    failures('a', ''),
    failures('a', 'stranger'),
  ])('%j fails the whole batch', (answer) => {
    expect(readVerdict(answer, batch).kind).toBe('all-failed');
  });
});
