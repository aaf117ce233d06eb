import { GoneException } from '@aws-sdk/client-apigatewaymanagementapi';
import { describe, expect, it } from 'vitest';
import { makeGatewaySocketPush, type SocketPushDeps } from '#socket-push';

const httpError = (status: number, name = 'Fault') =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });
const gone = () => new GoneException({ message: 'gone', $metadata: { httpStatusCode: 410 } });

/** A gateway that answers by a list of errors, then with success. */
const pushOver = (errors: readonly Error[], more: Partial<SocketPushDeps> = {}) => {
  const calls: string[] = [];
  const waits: number[] = [];
  const api = {
    send: async (command: { readonly constructor: { readonly name: string } }) => {
      const error = errors[calls.length];
      calls.push(command.constructor.name);
      if (error !== undefined) throw error;
      return {};
    },
  };
  const push = makeGatewaySocketPush({
    api: api as never,
    ...more,
    random: () => 0.5,
    sleep: async (delayMs) => waits.push(delayMs),
  });
  return { push, calls, waits };
};

describe('[H3] a post to a socket', () => {
  it.each([
    ['is ok at once', [], 'ok', 1],
    ['is ok after a rate limit and a fault of the gateway', [httpError(429), httpError(503)], 'ok', 3],
    ['is ok after a broken connection', [Object.assign(new Error('reset'), { code: 'ECONNRESET' })], 'ok', 2],
    ['fails after three tries', [httpError(500), httpError(500), httpError(500)], 'failed', 3],
    ['fails at once on a time-out', [httpError(0, 'TimeoutError')], 'failed', 1],
    ['fails at once when it is refused', [httpError(403)], 'failed', 1],
    ['is gone at once', [gone()], 'gone', 1],
    ['is gone after a fault', [httpError(500), gone()], 'gone', 2],
  ] as const)('%s', async (_title, errors, outcome, calls) => {
    const subject = pushOver(errors);
    expect(await subject.push.post('L0SM9c=', '{}')).toBe(outcome);
    expect(subject.calls).toHaveLength(calls);
  });

  it('waits longer before each try', async () => {
    const subject = pushOver([httpError(429), httpError(429)]);
    await subject.push.post('L0SM9c=', '{}');
    expect(subject.waits).toEqual([50, 100]);
  });

  it('[H4] takes a place in the budget for every try, and for every close', async () => {
    let places = 0;
    const takePlace = async () => (places += 1);
    const subject = pushOver([httpError(429), httpError(429)], { takePlace });
    await subject.push.post('L0SM9c=', '{}');
    expect(places).toBe(3);
    await subject.push.close('L0SM9c=');
    expect(places).toBe(4);
  });

  it('closes a connection by the same rules', async () => {
    const subject = pushOver([httpError(500)]);
    expect(await subject.push.close('L0SM9c=')).toBe('ok');
    expect(subject.calls).toEqual(['DeleteConnectionCommand', 'DeleteConnectionCommand']);
  });
});
