/** How long SQS remembers a deduplication id: five minutes. */
export const deduplicationWindowMs = 5 * 60 * 1000;

export type Sent = { readonly messageId: string; readonly sequenceNumber: string | undefined; readonly atMs: number };

/**
 * What was sent in the last five minutes, by scoped deduplication id. Bounded by time alone, as on AWS: fauxqs forgets
 * beyond 10,000 ids, which one minute of a storm reaches.
 */
export class DeduplicationWindow {
  readonly #sent = new Map<string, Sent>();

  find(key: string, nowMs: number): Sent | undefined {
    const sent = this.#sent.get(key);
    return sent !== undefined && sent.atMs > nowMs - deduplicationWindowMs ? sent : undefined;
  }

  record(key: string, sent: Sent): void {
    this.#sent.delete(key);
    this.#sent.set(key, sent);
    // Oldest first, because a Map keeps the order of insertion.
    for (const [oldest, { atMs }] of this.#sent) {
      if (atMs > sent.atMs - deduplicationWindowMs) return;
      this.#sent.delete(oldest);
    }
  }
}

/** One key for an id within its scope. The length keeps (`ab`, `c`) and (`a`, `bc`) apart. */
export const scopedKey = (scope: 'queue' | 'messageGroup', group: string, id: string): string =>
  scope === 'queue' ? id : `${group.length}:${group}:${id}`;
