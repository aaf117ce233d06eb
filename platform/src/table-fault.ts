import { cancellationCodes } from '#cancellation';

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

/**
 * The kind of an error, and the one place that tells a fault of the message from one of the world (G1): by its name, then by
 * its HTTP status, then by whether any answer came.
 */
export const faultKindOf = (error: unknown): FaultKind => {
  if (!(error instanceof Error)) return 'unknown';
  const named = kindOfName.get(error.name);
  if (named !== undefined) return named;
  const { code, $metadata, $fault } = error as Partial<SdkError>;
  // A reply cut short: whether the call was done is not known. Text of our own that is no JSON bears no metadata.
  if (error.name === 'SyntaxError') return $metadata === undefined ? 'unknown' : 'unanswered';
  const status = $metadata?.httpStatusCode;
  if (status === 429) return 'throttled';
  if ($fault === 'server' || (status !== undefined && status >= 500)) return 'unanswered';
  if (status === 401 || status === 403) return 'world';
  if (typeof code === 'string' && networkCode.test(code)) return 'unanswered';
  // An exception of pure code, such as a value that no table can hold, repeats for ever (G1).
  if (error instanceof TypeError || error instanceof RangeError) return 'invalid';
  return 'unknown';
};

/** Whether a call was refused because a table was busy: by its name, or by the reasons inside a transaction. */
export const isThrottled = (error: unknown): boolean => {
  if (faultKindOf(error) === 'throttled') return true;
  const blamed = cancellationCodes(error)
    .map(actionReasonOf)
    .filter((reason) => reason !== 'none');
  return blamed.length > 0 && blamed.every((reason) => reason === 'throttled' || reason === 'conflict');
};

/** A code of CancellationReasons. */
export const actionReasonOf = (code: string | undefined): ActionReason => reasonOfCode.get(code ?? 'None') ?? 'unknown';

/** What the SDK puts on an error that a call ended with. */
type SdkError = { code: unknown; $fault: 'client' | 'server'; $metadata: { httpStatusCode?: number } };

/** Of Node's sockets, name look-up and HTTP parser. */
const networkCode = /^(E[A-Z]{3,}|EAI_[A-Z]+|UND_ERR_\w+|HPE_\w+|ERR_(SOCKET|STREAM|SSL|TLS)\w*)$/;

const kindOfName: ReadonlyMap<string, FaultKind> = new Map([
  ['ProvisionedThroughputExceededException', 'throttled'],
  ['RequestLimitExceeded', 'throttled'],
  ['ThrottlingException', 'throttled'],
  ['RequestThrottled', 'throttled'],
  ['SlowDown', 'throttled'],
  ['TransactionConflictException', 'conflict'],
  ['TransactionInProgressException', 'unanswered'],
  ['TimeoutError', 'unanswered'],
  ['AbortError', 'unanswered'],
  ['InternalServerError', 'unanswered'],
  ['ValidationException', 'invalid'],
  // Half a character in a text.
  ['SerializationException', 'invalid'],
  // A number or an object that no table holds: found before anything was sent.
  ['ValueNotStorable', 'invalid'],
  // A character that no queue takes.
  ['InvalidMessageContents', 'invalid'],
  ['ItemCollectionSizeLimitExceededException', 'invalid'],
  ['AccessDeniedException', 'world'],
  ['ResourceNotFoundException', 'world'],
  ['UnrecognizedClientException', 'world'],
  ['ExpiredTokenException', 'world'],
  ['CredentialsProviderError', 'world'],
  ['ParameterNotFound', 'world'],
  ['QueueDoesNotExist', 'world'],
  ['NoSuchBucket', 'world'],
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
