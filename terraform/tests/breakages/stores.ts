import { type Breakage, breakage, lax } from './kind.ts';

const table = 'modules/table/main.tf';
const queue = 'modules/queue/main.tf';

/** Of modules/queue and modules/table. */
export const stores: readonly Breakage[] = [
  breakage(
    'queue: the default FIFO takes 300 messages a second',
    queue,
    'local.high ? "perMessageGroupId" : null',
    'local.high ? "perQueue" : null',
  ),
  breakage('queue: an accepted write may expire', queue, 'var.definition.retentionDays * 24 * 60 * 60', '345600'),
  breakage(
    'queue: no dead-letter queue catches',
    queue,
    'maxReceiveCount     = var.dead_letter.max_receives',
    'maxReceiveCount     = 1',
  ),
  breakage(
    'queue: reachable without HTTPS.',
    queue,
    '"aws:SecureTransport" = "false"',
    '"aws:SecureTransport" = "true"',
  ),
  breakage(
    'queue_hidden_too_short',
    queue,
    'var.definition.visibilitySeconds >= 6 * var.consumer_timeout',
    'var.definition.visibilitySeconds >= var.consumer_timeout',
  ),
  lax(
    'queue_received_too_often',
    'modules/queue/variables.tf',
    'var.dead_letter == null || (try(var.dead_letter.max_receives, 0) >= 1 && try(var.dead_letter.max_receives, 0) <= 1000)',
  ),
  breakage('table: protection or recovery is off.', table, 'enabled = var.recovery', 'enabled = false'),
  breakage('table: the stream lacks the images', table, '"NEW_AND_OLD_IMAGES"', '"KEYS_ONLY"'),
  breakage(
    "table: an index below its table's capacity throttles the table.",
    table,
    'write_capacity     = local.on_demand ? null : var.capacity.write\n      projection_type',
    'write_capacity     = local.on_demand ? null : 5\n      projection_type',
  ),
  breakage('table: rows do not expire.', table, 'attribute_name = ttl.value', 'attribute_name = "ttl"'),
  lax(
    'table_without_units',
    'modules/table/variables.tf',
    'var.capacity.mode == "on-demand" || (coalesce(var.capacity.write, 0) >= 1 && coalesce(var.capacity.read, 0) >= 1)',
  ),
  breakage(
    'table_with_a_scaled_index',
    'modules/table/scaled.tf',
    'length(local.indexes) == 0',
    'length(local.indexes) < 9',
  ),
  breakage(
    'table: a scaled table does not move',
    'modules/table/scaled.tf',
    'var.capacity.max_read : var.capacity.max_write',
    'var.capacity.max_read : var.capacity.write',
  ),
  breakage(
    'table: an on-demand table has no ceiling',
    table,
    'var.capacity.max_write != null ? [1] : []',
    'var.capacity.max_write == null ? [1] : []',
  ),
];
