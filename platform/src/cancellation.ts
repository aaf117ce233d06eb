import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/** The reason codes of a cancelled transaction, by position (`None` where an action was not to blame); empty for any other error. */
export const cancellationCodes = (error: unknown): readonly string[] =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None')
    : [];

/** Whether a write lost only to another write: its condition failed, or both overlapped. Read again and decide again. */
export const isLostRace = (error: unknown): boolean => {
  if (error instanceof Error && lostAlone.has(error.name)) return true;
  const blamed = cancellationCodes(error).filter((code) => code !== 'None');
  return blamed.length > 0 && blamed.every((code) => lostInside.has(code));
};

const lostAlone: ReadonlySet<string> = new Set(['ConditionalCheckFailedException', 'TransactionConflictException']);
const lostInside: ReadonlySet<string> = new Set(['ConditionalCheckFailed', 'TransactionConflict']);
