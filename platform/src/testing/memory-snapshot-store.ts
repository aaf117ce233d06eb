import type { SnapshotChunk, SnapshotHead, SnapshotStore } from '#snapshot-store';

/** The snapshot in memory, with the conditions of the real store. */
export const makeMemorySnapshotStore = (): SnapshotStore => {
  let stored: SnapshotHead | undefined;
  const chunks = new Map<string, SnapshotChunk>();
  const revOf = (name: string) => chunks.get(name)?.rev ?? 0;
  return {
    readHead: async () => stored,
    readChunks: async (_head, names) =>
      new Map(names.map((name) => [name, chunks.get(name) ?? { rev: 0, products: [] }])),
    commit: async ({ read, head, chunks: changed }) => {
      if ((stored?.rev ?? 0) !== (read?.rev ?? 0)) return 'conflict';
      if ([...changed].some(([name, { readRev }]) => revOf(name) !== readRev)) return 'conflict';
      stored = head;
      for (const [name, { products }] of changed) chunks.set(name, { rev: head.rev, products });
      return 'committed';
    },
  };
};
