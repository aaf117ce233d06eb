import {
  type DynamoDBClient,
  GetItemCommand,
  InternalServerError,
  PutItemCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeClient } from '#database/testing/clients';
import { type GatedEngine, startGatedEngine } from '#database/testing/gated-engine';
import { createTable } from '#database/testing/tables';

let gated: GatedEngine;
let client: DynamoDBClient;
let table: string;
beforeAll(async () => {
  gated = await startGatedEngine();
  client = makeClient(gated.gate.endpoint);
  table = await createTable(client, { write: 1000 });
});
afterAll(async () => gated.close());
afterEach(async () => gated.control('DELETE', '/_gate/faults'));

const wish = async (faults: object) => expect((await gated.control('PUT', '/_gate/faults', faults)).status).toBe(204);
const outcomeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'done',
    (error: unknown) => error,
  );
const Put = (id: string) => ({ Put: { TableName: table, Item: { id: { S: id } } } });
const transact = (ids: readonly string[], token?: string) =>
  client.send(
    new TransactWriteItemsCommand({
      TransactItems: ids.map(Put),
      ...(token !== undefined && { ClientRequestToken: token }),
    }),
  );
const put = (id: string) => client.send(new PutItemCommand({ TableName: table, Item: { id: { S: id } } }));
const isStored = async (id: string) =>
  (await client.send(new GetItemCommand({ TableName: table, Key: { id: { S: id } }, ConsistentRead: true }))).Item !==
  undefined;
const codesOf = (outcome: unknown) =>
  outcome instanceof TransactionCanceledException ? outcome.CancellationReasons?.map(({ Code }) => Code) : outcome;
const consumed = async () => {
  const { body } = await gated.control('GET', '/_gate/meters');
  return (body as { tables: Record<string, { consumed: object }> }).tables[table]?.consumed;
};

describe('transactions that overlap', () => {
  it('are cancelled at the row that another one has, and charged; the others are done', async () => {
    await gated.control('DELETE', '/_gate/meters');
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, index) => outcomeOf(transact([`own-${index}`, 'hot']))),
    );
    const lost = outcomes.filter((outcome) => outcome !== 'done');
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.length).toBeLessThan(6);
    for (const outcome of lost) expect(codesOf(outcome)).toEqual(['None', 'TransactionConflict']);
    expect(await consumed()).toMatchObject({ cancelled: 4 * lost.length, useful: 4 * (6 - lost.length) });
  });

  it('turn a lone write of their row away, and no write of another', async () => {
    const [transaction, same, other] = await Promise.all([
      outcomeOf(transact(['lone-a', 'lone-b'])),
      outcomeOf(put('lone-a')),
      outcomeOf(put('lone-c')),
    ]);
    expect([transaction, other]).toEqual(['done', 'done']);
    expect(same === 'done' || same instanceof TransactionConflictException).toBe(true);
  });

  it('with the same token are in progress once', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => outcomeOf(transact(['token-row'], 'one-token'))));
    for (const outcome of outcomes)
      expect(outcome === 'done' || outcome instanceof TransactionInProgressException).toBe(true);
    expect(outcomes).toContain('done');
  });

  it('let go of their rows when they are through', async () => {
    await transact(['again']);
    await transact(['again']);
    await put('again');
  });
});

describe('faults of writes', () => {
  it('cancel a share of transactions at one position each, and turn lone writes away; nothing is written', async () => {
    await wish({ conflictShare: 1 });
    expect([...(codesOf(await outcomeOf(transact(['chance-a', 'chance-b']))) as string[])].sort()).toEqual([
      'None',
      'TransactionConflict',
    ]);
    expect(await outcomeOf(put('chance-a'))).toBeInstanceOf(TransactionConflictException);
    const update = new UpdateItemCommand({ TableName: table, Key: { id: { S: 'chance-a' } } });
    expect(await outcomeOf(client.send(update))).toBeInstanceOf(TransactionConflictException);
    expect(await isStored('chance-a')).toBe(false);
  });

  it.each([['conflictShare'], ['replyLostShare'], ['errorShare']])('repeat by their seed: %s', async (fault) => {
    const run = async () => {
      await wish({ seed: 5, [fault]: 0.5 });
      const outcomes: string[] = [];
      for (let index = 0; index < 12; index += 1)
        outcomes.push(String((await outcomeOf(put(`seed-${index}`))) === 'done'));
      return outcomes;
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(new Set(first).size).toBe(2);
  });

  it('lose the reply of a write that is done, and of no read', async () => {
    await wish({ replyLostShare: 1 });
    const lost = await outcomeOf(put('lost'));
    expect(lost).toBeInstanceOf(Error);
    expect(lost).not.toBeInstanceOf(InternalServerError);
    expect(await outcomeOf(transact(['lost-too']))).toBeInstanceOf(Error);
    expect([await isStored('lost'), await isStored('lost-too')]).toEqual([true, true]);
  });
});
