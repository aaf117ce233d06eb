import { describe, expect, it } from 'vitest';
import { actionReasonOf, faultKindOf } from '#table-fault';

const named = (name: string, members: object = {}): Error => Object.assign(new Error('x'), { name }, members);

describe('faultKindOf', () => {
  it.each([
    ['[G1] a missing grant is the world', named('AccessDeniedException'), 'world'],
    ['[G1] a missing table is the world', named('ResourceNotFoundException'), 'world'],
    ['[G1] a refused shape is the message', named('ValidationException'), 'invalid'],
    ['[G1] half a character is the message', named('SerializationException'), 'invalid'],
    ['[G1] an exception in pure code is the message', new TypeError('x'), 'invalid'],
    ['[G1] a time-out is the world', named('TimeoutError'), 'unanswered'],
    ['[G1] a reset is the world', named('Error', { code: 'ECONNRESET' }), 'unanswered'],
    ['[G1] a 503 is the world', named('Strange', { $metadata: { httpStatusCode: 503 } }), 'unanswered'],
    ['[G1] half a reply is the world', named('SyntaxError', { $metadata: { attempts: 1 } }), 'unanswered'],
    ['[G1] a text of ours that is no JSON is not', named('SyntaxError'), 'unknown'],
    ['[G1] a name server that is busy is the world', named('Error', { code: 'EAI_AGAIN' }), 'unanswered'],
    ['[G1] no HTTP is the world', named('Error', { code: 'HPE_INVALID_CONSTANT' }), 'unanswered'],
    ['[G1] a 403 is the world', named('AccessDenied', { $metadata: { httpStatusCode: 403 } }), 'world'],
    ['[G1] a fault of the server is the world', named('Strange', { $fault: 'server' }), 'unanswered'],
    ['[D5] a 429 waits', named('Strange', { $metadata: { httpStatusCode: 429 } }), 'throttled'],
    ['[D5] a transaction in progress is asked again', named('TransactionInProgressException'), 'unanswered'],
    ['[D5] an overlap is a conflict', named('TransactionConflictException'), 'conflict'],
    ['[D5] a throttle waits', named('ProvisionedThroughputExceededException'), 'throttled'],
    ['[D6] a stranger is unknown', named('Strange', { $metadata: { httpStatusCode: 400 } }), 'unknown'],
    ['[D6] what is no error is unknown', 'text', 'unknown'],
  ])('%s', (_title, error, kind) => expect(faultKindOf(error)).toBe(kind));
});

it('[D5] reads every code of a cancellation, and knows that it does not know', () => {
  const codes = ['None', 'ConditionalCheckFailed', 'TransactionConflict', 'ThrottlingError', 'ValidationError', 'New'];
  expect(codes.map(actionReasonOf)).toEqual(['none', 'condition', 'conflict', 'throttled', 'invalid', 'unknown']);
  expect(actionReasonOf(undefined)).toBe('none');
});
