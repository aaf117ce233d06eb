import { productIdPattern } from '@penstock/domain/ids';
import { limits } from '@penstock/domain/limits';
import type { Outbox, OutboxEntry, OutboxEvent } from '#lib/basket/outbox.ts';
import { productId, stamp } from '#lib/storage/kept-shapes.ts';
import { bad, listOf, mapOf, oneOf, optional, type Reader, shape, whole } from '#lib/storage/shape.ts';

/** The shapes of a basket as a browser keeps it. */
const quantity = whole(0, limits.lineQuantityMax);
const op = shape({ line: productId, quantity, stamp });

const entry: Reader<OutboxEntry> = shape({ op, queuedAtMs: whole(), acceptedAtMs: optional(whole()) });

const registers = mapOf(productIdPattern, shape({ quantity, stamp }));

const server = shape({
  rev: whole(),
  state: shape({ lines: registers, clear: optional(stamp) }),
  unavailable: listOf(productId),
});

const parts = shape({ server: optional(server), entries: optional(listOf(entry)) });

/** Without its registers a basket is asked for again; edits that can be read are kept and sent. */
export const outboxShape =
  (empty: Outbox): Reader<Outbox> =>
  (value, aside) => {
    const read = parts(value, aside);
    return read === bad ? bad : { server: read.server ?? empty.server, entries: read.entries ?? [] };
  };

/** Only edits are noted in the journal. */
export const editedShape: Reader<OutboxEvent> = shape({ type: oneOf(['edited']), op, atMs: whole() });
