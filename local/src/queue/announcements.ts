/** One entry of a send, as the request named it. */
export type Announced = {
  readonly body: string;
  readonly group: string | undefined;
  readonly deduplicationId: string | undefined;
};

/**
 * The entries of the send that is being worked. fauxqs asks a queue about a deduplication id, and stores a message on a
 * standard queue, without the message group; it works entries in order and drops refused ones, so the entry that it is
 * at can be told by what it asks for. Holds for one turn of the event loop: sends have no `await` inside.
 */
export class Announcements {
  #entries: readonly Announced[] = [];

  announce(entries: readonly Announced[]): void {
    this.#entries = entries;
  }

  /** The entry that the engine is at. Entries before it were refused and are forgotten. */
  at(matches: (entry: Announced) => boolean): Announced | undefined {
    const index = this.#entries.findIndex(matches);
    if (index < 0) return undefined;
    this.#entries = this.#entries.slice(index);
    return this.#entries[0];
  }

  /** The same entry, which is now done with. */
  take(matches: (entry: Announced) => boolean): Announced | undefined {
    const entry = this.at(matches);
    if (entry !== undefined) this.#entries = this.#entries.slice(1);
    return entry;
  }
}
