/**
 * Why a call of a table did not do its work, in words on which a drain can decide (D5, D6, G1):
 * `throttled` wait and send the very same again; `unanswered` it may have happened or not (time-out, reset, 5xx, still in
 * progress): send the very same again; `conflict` it overlapped with another write and did not happen; `invalid` it
 * will never be taken in this form; `world` known and not the message's doing (no grant, no table); `unknown` the rest.
 */
export type FaultKind = 'throttled' | 'unanswered' | 'conflict' | 'invalid' | 'world' | 'unknown';
export type TableFault = { readonly outcome: 'fault'; readonly fault: FaultKind; readonly error: unknown };

/** What became of one action of a cancelled transaction: `none` is not to blame, `condition` did not hold. */
export type ActionReason = 'none' | 'condition' | FaultKind;

/** A fault from what the SDK threw. */
export const tableFault = (error: unknown): TableFault => ({ outcome: 'fault', fault: faultKindOf(error), error });

/** The kind of an error: by its name, then by its HTTP status, then by whether any answer came. */
export const faultKindOf = (error: unknown): FaultKind => {
  if (!(error instanceof Error)) return 'unknown';
  const named = kindOfName.get(error.name);
  if (named !== undefined) return named;
  const { code, $metadata } = error as Partial<{ code: unknown; $metadata: { httpStatusCode?: number } }>;
  const status = $metadata?.httpStatusCode;
  if (status !== undefined && status >= 500) return 'unanswered';
  if (typeof code === 'string' && networkCode.test(code)) return 'unanswered';
  // An exception of pure code, such as a value that no table can hold, repeats for ever (G1).
  if (error instanceof TypeError || error instanceof RangeError) return 'invalid';
  return 'unknown';
};

/** A code of CancellationReasons. */
export const actionReasonOf = (code: string | undefined): ActionReason => reasonOfCode.get(code ?? 'None') ?? 'unknown';

const networkCode = /^(E[A-Z]{3,}|UND_ERR_\w+|ERR_SOCKET\w*)$/;

const kindOfName: ReadonlyMap<string, FaultKind> = new Map([
  ['ProvisionedThroughputExceededException', 'throttled'],
  ['RequestLimitExceeded', 'throttled'],
  ['ThrottlingException', 'throttled'],
  ['TransactionConflictException', 'conflict'],
  ['TransactionInProgressException', 'unanswered'],
  ['TimeoutError', 'unanswered'],
  ['AbortError', 'unanswered'],
  ['InternalServerError', 'unanswered'],
  // A reply cut short: whether the call was done is not known.
  ['SyntaxError', 'unanswered'],
  ['ValidationException', 'invalid'],
  // Half a character in a text.
  ['SerializationException', 'invalid'],
  ['ItemCollectionSizeLimitExceededException', 'invalid'],
  ['AccessDeniedException', 'world'],
  ['ResourceNotFoundException', 'world'],
  ['UnrecognizedClientException', 'world'],
  ['ExpiredTokenException', 'world'],
  ['CredentialsProviderError', 'world'],
]);

const reasonOfCode: ReadonlyMap<string, ActionReason> = new Map([
  ['None', 'none'],
  ['ConditionalCheckFailed', 'condition'],
  ['TransactionConflict', 'conflict'],
  ['ProvisionedThroughputExceeded', 'throttled'],
  ['ThrottlingError', 'throttled'],
  ['RequestLimitExceeded', 'throttled'],
  ['ValidationError', 'invalid'],
  ['ItemCollectionSizeLimitExceeded', 'invalid'],
  ['AccessDenied', 'world'],
]);
