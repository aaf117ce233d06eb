/**
 * Lambda's reading of what a batch function answers with ReportBatchItemFailures: nothing or an empty list is success, a
 * list names what failed, and anything that cannot be read, an empty identifier, or one that was not in the batch fails
 * the whole batch (facts: section 3, row 15).
 */
export type BatchVerdict =
  | { readonly kind: 'all-failed'; readonly why: string }
  | { readonly kind: 'some-failed'; readonly failed: ReadonlySet<string> };

export const readVerdict = (answer: unknown, identifiers: ReadonlySet<string>): BatchVerdict => {
  if (answer === null || answer === undefined || answer === '') return { kind: 'some-failed', failed: new Set() };
  if (typeof answer !== 'object') return allFailed('the answer is no object');
  const { batchItemFailures } = answer as { batchItemFailures?: unknown };
  if (batchItemFailures === null || batchItemFailures === undefined) return { kind: 'some-failed', failed: new Set() };
  if (!Array.isArray(batchItemFailures)) return allFailed('batchItemFailures is no list');
  const failed = new Set<string>();
  for (const failure of batchItemFailures) {
    const identifier: unknown =
      typeof failure === 'object' && failure !== null ? (failure as Record<string, unknown>).itemIdentifier : undefined;
    if (typeof identifier !== 'string' || identifier === '') return allFailed('an itemIdentifier is missing or empty');
    if (!identifiers.has(identifier)) return allFailed('an itemIdentifier was not in the batch');
    failed.add(identifier);
  }
  return { kind: 'some-failed', failed };
};

const allFailed = (why: string): BatchVerdict => ({ kind: 'all-failed', why });
