/** A change of a row as its stream told it, checked. Neither row: the record is none of ours and was left out before. */
export type RowVersion<Row> = {
  /** The record's place in its batch. */
  readonly position: number;
  readonly createdAtMs: number;
  readonly newRow: Row | undefined;
  readonly oldRow: Row | undefined;
};

/** What became of one entity over a whole batch. */
export type EntityChange<Row> = {
  readonly id: string;
  /** The row's rev; of a removed row one more than its last, so that the tombstone beats every frame before it (H1). */
  readonly rev: number;
  /** Undefined: removed. */
  readonly row: Row | undefined;
  /** The row before it was removed; undefined unless it was. */
  readonly removed: Row | undefined;
  /** The first place in the batch that tells of this entity: reading again from there tells everything again. */
  readonly position: number;
  readonly createdAtMs: number;
};

type Versioned = { readonly id: string; readonly rev: number };

/**
 * Folds a batch to one change an entity: the highest rev wins, wherever it stands, so that a replayed older record
 * changes nothing. In the order in which the batch first names each entity.
 */
export const foldChanges = <Row extends Versioned>(
  versions: readonly RowVersion<Row>[],
): readonly EntityChange<Row>[] => {
  const changes = new Map<string, EntityChange<Row>>();
  for (const version of versions) {
    const change = changeOf(version);
    if (change === undefined) continue;
    const known = changes.get(change.id);
    if (known === undefined) changes.set(change.id, change);
    else if (change.rev >= known.rev) changes.set(change.id, { ...change, position: known.position });
  }
  return [...changes.values()];
};

const changeOf = <Row extends Versioned>(version: RowVersion<Row>): EntityChange<Row> | undefined => {
  const { position, createdAtMs, newRow, oldRow } = version;
  if (newRow !== undefined)
    return { id: newRow.id, rev: newRow.rev, row: newRow, removed: undefined, position, createdAtMs };
  if (oldRow !== undefined)
    return { id: oldRow.id, rev: oldRow.rev + 1, row: undefined, removed: oldRow, position, createdAtMs };
  return undefined;
};
