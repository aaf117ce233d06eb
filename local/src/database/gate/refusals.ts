import type { Json } from '#database/gate/json';

/** An answer in DynamoDB's JSON protocol. */
export type Answer = {
  readonly status: number;
  readonly body: Json;
  /** The answer is lost on its way: the connection is cut instead. */
  readonly isLost?: boolean;
};
export type ThrottlingReason = { readonly reason: string; readonly resource: string };

const dynamo = 'com.amazonaws.dynamodb.v20120810#';
const coral = 'com.amazon.coral.service#';

const answer = (status: number, type: string, message: string, more: Json = {}): Answer => ({
  status,
  body: { __type: type, message, ...more },
});

const exceeded = (what: string) =>
  `The level of configured provisioned throughput for ${what} was exceeded. Consider increasing your provisioning level with the UpdateTable API.`;

const throttleMessage = (reasons: readonly ThrottlingReason[]): string =>
  exceeded(
    reasons.some(({ reason }) => reason.startsWith('Index'))
      ? 'one or more global secondary indexes of the table'
      : 'the table',
  );

const scaling =
  'Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly. If exceptions persist, check if you have a hot key.';

/**
 * The exception of an exhausted table, index or key, with the reasons as AWS gives them since August 2025. `isScaling`:
 * it is an on-demand one, whose exception spells its reasons with a small letter.
 */
export const throttled = (reasons: readonly ThrottlingReason[], isScaling: boolean): Answer =>
  isScaling
    ? answer(400, `${dynamo}ThrottlingException`, scaling, { throttlingReasons: reasons })
    : answer(400, `${dynamo}ProvisionedThroughputExceededException`, throttleMessage(reasons), {
        ThrottlingReasons: reasons,
      });

/** Why a member of a transaction cannot go in. */
export type MemberFault = { readonly reasons: readonly ThrottlingReason[]; readonly isScaling: boolean };

/** A transaction that touches exhausted tables: one entry a member, in their order; undefined is a member without fault. */
export const cancelledByThrottle = (faults: readonly (MemberFault | undefined)[]): Answer => {
  const reasons = faults.map((fault) => {
    if (fault === undefined) return { Code: 'None' };
    return fault.isScaling
      ? { Code: 'ThrottlingError', Message: scaling }
      : { Code: 'ProvisionedThroughputExceeded', Message: throttleMessage(fault.reasons) };
  });
  return cancelled(reasons);
};

/** A transaction that met another one at these positions. */
export const cancelledByConflict = (isHeld: readonly boolean[]): Answer =>
  cancelled(isHeld.map((held) => (held ? { Code: 'TransactionConflict', Message: ongoing } : { Code: 'None' })));

/** A lone write of a row that a transaction has. */
export const conflicted = (): Answer => answer(400, `${dynamo}TransactionConflictException`, ongoing);

/** The same transaction, by its token, is still under way. */
export const inProgress = (): Answer =>
  answer(
    400,
    `${dynamo}TransactionInProgressException`,
    'The transaction with the given request token is already in progress.',
  );

const ongoing = 'Transaction is ongoing for the item';

const cancelled = (reasons: readonly { readonly Code: string; readonly Message?: string }[]): Answer => {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const text = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return {
    status: 400,
    body: { __type: `${dynamo}TransactionCanceledException`, Message: text, CancellationReasons: reasons },
  };
};

/** A table that is still being changed takes no other change. */
export const resourceInUse = (table: string): Answer =>
  answer(
    400,
    `${dynamo}ResourceInUseException`,
    `Attempt to change a resource which is still in use: Table is being updated: ${table}`,
  );

/** Capacity was decreased too often today. */
export const limitExceeded = (target: string): Answer =>
  answer(
    400,
    `${dynamo}LimitExceededException`,
    `Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the first decreases, each subsequent decrease in the same UTC day can be performed at most once every 3600 seconds: ${target}`,
  );

export const accessDenied = (caller: string, action: string, resource: string): Answer =>
  answer(
    400,
    `${coral}AccessDeniedException`,
    `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} because the topology grants it no such thing.`,
  );

export const unsigned = (): Answer =>
  answer(400, `${coral}MissingAuthenticationTokenException`, 'Request is missing Authentication Token');

export const invalid = (message: string): Answer => answer(400, `${coral}ValidationException`, message);

export const notJson = (): Answer => answer(400, `${coral}SerializationException`, 'The body is not a JSON object.');

export const unknownOperation = (message: string): Answer => answer(400, `${coral}UnknownOperationException`, message);

/** Something went wrong after the call may have reached the engine: its outcome is unknown, as with a 500 of AWS. */
export const internalError = (message: string): Answer => answer(500, `${dynamo}InternalServerError`, message);

/** The engine does not listen: nothing happened. SDKs try again. */
export const unavailable = (message: string): Answer => answer(503, `${coral}ServiceUnavailableException`, message);
