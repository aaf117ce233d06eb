import { ProvisionedThroughputExceededException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { CallThrottled } from '#call-throttled';
import { patiently } from '#patient-call';
import { isThrottled } from '#table-fault';

const $metadata = {};
const throttled = () => new ProvisionedThroughputExceededException({ message: 'slow down', $metadata });
const cancelled = (...codes: readonly string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata,
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

/** A call that fails `times` times, each taking 100 ms of a clock that nobody waits for. */
const makeCall = (times: number, fault: () => Error = throttled) => {
  const seen = { calls: 0, nowMs: 0 };
  const call = async () => {
    seen.calls += 1;
    seen.nowMs += 100;
    if (seen.calls <= times) throw fault();
    return 'written';
  };
  const run = () => patiently({ what: 'Writing', patienceMs: 5000, random: () => 0, now: () => seen.nowMs }, call);
  return { seen, run };
};

describe('[E4] patience with a busy table', () => {
  it('makes the call again until it is taken', async () => {
    const { seen, run } = makeCall(3);
    expect(await run()).toBe('written');
    expect(seen.calls).toBe(4);
  });

  it('ends after 5 s with CallThrottled, which keeps the cause', async () => {
    const { seen, run } = makeCall(Number.POSITIVE_INFINITY);
    const error = await run().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CallThrottled);
    expect((error as Error).cause).toBeInstanceOf(ProvisionedThroughputExceededException);
    expect(seen.nowMs).toBeGreaterThan(5000);
    expect(seen.nowMs).toBeLessThanOrEqual(5200);
  });

  it('waits with full jitter, 50 ms doubling to at most 1 s, never past the end', async () => {
    const shares: number[] = [];
    const random = () => {
      shares.push(0);
      return 0.9;
    };
    const beganMs = Date.now();
    const call = () => Promise.reject(throttled());
    await expect(patiently({ what: 'Writing', patienceMs: 300, random, now: Date.now }, call)).rejects.toThrow(
      CallThrottled,
    );
    expect(Date.now() - beganMs).toBeLessThan(1000);
    expect(shares.length).toBeGreaterThanOrEqual(1);
    expect(shares.length).toBeLessThanOrEqual(3);
  });

  it.each([
    ['a throttled write inside a transaction', cancelled('ThrottlingError', 'None'), true],
    ['a table over its capacity inside a transaction', cancelled('None', 'ProvisionedThroughputExceeded'), true],
    ['a conflict with a sale inside a transaction', cancelled('TransactionConflict', 'None'), true],
    ['a condition that did not hold', cancelled('ConditionalCheckFailed', 'None'), false],
    ['a condition and a throttle together', cancelled('ConditionalCheckFailed', 'ThrottlingError'), false],
    ['a cancellation without a reason', cancelled('None', 'None'), false],
    ['a fault', new TypeError('broken'), false],
  ])('%s', async (_title, error, isBusy) => {
    expect(isThrottled(error)).toBe(isBusy);
    const { seen, run } = makeCall(1, () => error);
    if (isBusy) expect(await run()).toBe('written');
    else await expect(run()).rejects.toBe(error);
    expect(seen.calls).toBe(isBusy ? 2 : 1);
  });
});
