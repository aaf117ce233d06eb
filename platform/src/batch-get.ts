import { setTimeout as sleep } from 'node:timers/promises';
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { own } from '@penstock/domain/own';
import { backoffMs } from '#backoff';

const keysPerCall = 100;
const roundsMax = 8;

/** Keys that stayed in UnprocessedKeys after every round: unknown, not absent (D2). Transient. */
export class RowsUnread extends Error {
  readonly code = 'rows-unread';
  constructor(table: string, count: number) {
    super(`${count} keys of ${table} stayed unread: the table is throttled. Read them again later.`);
    this.name = 'RowsUnread';
  }
}

export type BatchGetCall = {
  readonly table: string;
  readonly keys: readonly Readonly<Record<string, string>>[];
  readonly consistent: boolean;
};

/**
 * Every stored row of some distinct keys, in no order. Leftovers are asked for again with growing waits, eight rounds
 * (5 s at most); what is left then throws RowsUnread, because an unread row must never pass for an absent one.
 */
export const batchGetRows = async (
  db: DynamoDBDocumentClient,
  { table, keys, consistent }: BatchGetCall,
): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const rows: Readonly<Record<string, unknown>>[] = [];
  let waiting = [...keys];
  for (let round = 0; waiting.length > 0; round += 1) {
    if (round === roundsMax) throw new RowsUnread(table, waiting.length);
    if (round > 0) await sleep(backoffMs(round, Math.random));
    const leftovers: Record<string, string>[] = [];
    for (let start = 0; start < waiting.length; start += keysPerCall) {
      const answer = await db.send(
        new BatchGetCommand({
          RequestItems: { [table]: { Keys: waiting.slice(start, start + keysPerCall), ConsistentRead: consistent } },
        }),
      );
      rows.push(...(own(answer.Responses, table) ?? []));
      leftovers.push(...((own(answer.UnprocessedKeys, table)?.Keys ?? []) as Record<string, string>[]));
    }
    waiting = leftovers;
  }
  return rows;
};
