import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DurableStore, QueueDiskFault } from '#queue/durable-store';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-durable-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the queue's file on a full disk", () => {
  it('tells once that it is of no more use, keeps what was committed, and takes more as a new one with space', () => {
    const faults: QueueDiskFault[] = [];
    const full = new DurableStore(folder, (fault) => faults.push(fault));
    const send = (store: DurableStore, index: number) => {
      store.keepSent('orders', `${index}-${'x'.repeat(2000)}`, {
        messageId: `m${index}`,
        sequenceNumber: undefined,
        atMs: 1000 + index,
      });
      store.commit();
    };
    // A disk with room for so many pages.
    full.db.exec('PRAGMA max_page_count = 60');
    let committed = 0;
    expect(() => {
      for (; ; committed += 1) send(full, committed);
    }).toThrow(QueueDiskFault);
    expect(committed).toBeGreaterThan(0);
    expect(() => send(full, 1)).toThrow(QueueDiskFault);
    expect(() => full.commit()).toThrow('opens when there is space');
    expect(faults).toHaveLength(1);
    full.db.close();

    const again = new DurableStore(folder);
    expect(again.loadSent('orders', 1000)).toHaveLength(committed);
    send(again, committed);
    expect(again.loadSent('orders', 1000)).toHaveLength(committed + 1);
    again.close();
  });
});
