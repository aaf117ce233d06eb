import type * as z from 'zod';
import type { QueueRecord } from '#core/queue-records';
import { readMessage } from '#core/read-message';
import { deadLetterIds } from '#flows/dead-letter-ids';
import type { Leftover, Leftovers } from '#flows/leftovers';

/** A message that was understood, and the record that brought it. */
export type Opened<Message> = { readonly record: QueueRecord; readonly message: Message };

export type OpenBatch<Message> = {
  readonly queue: string;
  readonly schema: z.ZodType<Message>;
  /** Whether the order within a group binds: then nothing overtakes a message of its group that goes back. */
  readonly isFifo: boolean;
  readonly leftovers: Leftovers;
};

/**
 * Reads every record at the door. What nobody understands becomes a letter, reason `unreadable`, before it is
 * acknowledged (G1, G3); what a newer release wrote goes back until a newer worker is there (A6).
 */
export const openBatch = async <Message>(
  records: readonly QueueRecord[],
  { queue, schema, isFifo, leftovers }: OpenBatch<Message>,
): Promise<{ readonly opened: readonly Opened<Message>[]; readonly left: readonly Leftover[] }> => {
  const opened: Opened<Message>[] = [];
  const left: Leftover[] = [];
  const leave = (record: QueueRecord, reason: string) =>
    left.push({ records: [record], reason, fields: {}, group: isFifo ? record.group : undefined });
  for (const record of records) {
    const blocked = isFifo && left.some(({ group }) => group !== undefined && group === record.group);
    if (blocked) {
      leave(record, 'behind-another');
      continue;
    }
    const reading = readMessage(record.body, schema);
    if (reading.kind === 'message') opened.push({ record, message: reading.message });
    else if (reading.kind === 'newer') leave(record, 'newer-schema');
    else {
      const { detail, attempt, correlationId } = reading;
      // Sent again, it is the case that it was, under the id of the message that brought it first.
      const id = record.letter?.id ?? deadLetterIds.unreadable(queue, record.messageId);
      const sentAgain = Math.max(attempt, record.letter?.attempt ?? 0);
      const letter = { id, reason: 'unreadable', detail, attempt: sentAgain, correlationId };
      if (!(await leftovers.keepLetter(record, letter, { correlationId }))) leave(record, 'dead-letter-not-kept');
    }
  }
  return { opened, left };
};
