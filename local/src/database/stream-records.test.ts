import { DatabaseSync } from 'node:sqlite';
import { DescribeTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStreamRecords } from '#database/stream-records';
import { makeClient, makeStreamsClient } from '#database/testing/clients';
import { type GatedEngine, startGatedEngine } from '#database/testing/gated-engine';
import { createTable } from '#database/testing/tables';

let gated: GatedEngine;
beforeAll(async () => {
  gated = await startGatedEngine();
});
afterAll(async () => gated.close());

const write = async (table: string, count: number) => {
  const client = makeClient(gated.gate.endpoint);
  for (let rev = 0; rev < count; rev += 1)
    await client.send(new PutItemCommand({ TableName: table, Item: { id: { S: `row-${rev}` } } }));
};
const tomorrowMs = () => Date.now() + 25 * 60 * 60 * 1000;
const numbersOf = (table: string): readonly number[] => {
  const database = new DatabaseSync(gated.dbFile, { readOnly: true });
  const rows = database
    .prepare('SELECT sequence_number AS number FROM _stream_records WHERE table_name = ? ORDER BY id')
    .all(table);
  database.close();
  return rows.map(({ number }) => Number(number));
};
const trim = (olderThanMs: number, keep: number): number => {
  const records = openStreamRecords(gated.dbFile);
  const removed = records.trim(olderThanMs, keep);
  records.close();
  return removed;
};

describe('the stream records', () => {
  it('are read by the index, not one by one', () => {
    const database = new DatabaseSync(gated.dbFile, { readOnly: true });
    const plan = (query: string) => JSON.stringify(database.prepare(`EXPLAIN QUERY PLAN ${query}`).all());
    const after = `SELECT * FROM _stream_records WHERE table_name = 'orders' AND CAST(sequence_number AS INTEGER) > 5`;
    expect(plan(after)).toContain('penstock_stream_order (table_name=? AND <expr>>?)');
    // Planted: another expression is not served by it, and the plan says so.
    expect(plan(after.replace('AS INTEGER', 'AS REAL'))).not.toContain('<expr>');
    database.close();
  });

  it('stay as long as they are young, however many there are', async () => {
    const table = await createTable(makeClient(gated.gate.endpoint), { stream: true });
    await write(table, 5);
    expect(trim(Date.now() - 60_000, 1)).toBe(0);
    expect(numbersOf(table)).toHaveLength(5);
  });

  it('stay when they are old but among the newest of their table', async () => {
    const table = await createTable(makeClient(gated.gate.endpoint), { stream: true });
    await write(table, 5);
    trim(tomorrowMs(), 3);
    expect(numbersOf(table)).toEqual([3, 4, 5]);
  });

  it('never go to the last one, so that numbers go on and open iterators go on reading', async () => {
    const client = makeClient(gated.gate.endpoint);
    const streams = makeStreamsClient(gated.gate.endpoint);
    const table = await createTable(client, { stream: true });
    await write(table, 3);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    const StreamArn = Table?.LatestStreamArn;
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'LATEST' }),
    );
    trim(tomorrowMs(), 0);
    expect(numbersOf(table)).toEqual([3]);
    await write(table, 1);
    const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator }));
    expect(Records?.map(({ dynamodb }) => dynamodb?.SequenceNumber)).toEqual(['4']);
  });
});
