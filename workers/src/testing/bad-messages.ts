/** The most that a queue takes, bytes (SQS, since 2025). */
export const mebibyte = 1_048_576;

/** What all messages begin with. */
export const head = { schema: 1, correlationId: 'correlation-1', sentAtMs: 1, attempt: 0 };

/** A message with some of its fields made bad. */
export const text = (message: object, over: object): string => JSON.stringify({ ...message, ...over });

/** What is bad in every queue, each with its name. */
export const anywhere: readonly (readonly [string, string])[] = [
  ['an empty body', ''],
  ['no JSON', '{"kind":"place-order"'],
  ['a number', '7'],
  ['null', 'null'],
  ['a list', '[]'],
  ['an empty object', '{}'],
  ['a kind that nobody knows', text(head, { kind: 'drain-the-lake' })],
  ['no kind', text(head, {})],
  ['lists within lists, 100,000 deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['a name of its prototype', '{"__proto__":{"kind":"place-order"},"schema":1}'],
  ['1 MiB of one string', `"${'x'.repeat(mebibyte - 2)}"`],
  ['1 MiB of blanks around nothing', ' '.repeat(mebibyte)],
  ['half a character', '{"kind":"\ud800"}'],
  ['a byte that is none', '{"kind":"\u0000"}'],
];
