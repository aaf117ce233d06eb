import { makeFaults } from '#fault-wishes';
import type { MendedQueue } from '#queue/mended-queue';
import { queueFaultsSchema } from '#queue/queue-faults';
import { makeFaultChance } from '#queue/seeded-random';
import type { SqsBody, SqsCall, SqsEntry } from '#queue/sqs-call';

export type QueueFaultControl = ReturnType<typeof makeQueueFaults>;
export const makeQueueFaults = () => makeFaults(queueFaultsSchema);

/** A swallowed delete shows its message again after this long. */
const redeliverySeconds = 0.25;
/** How far behind a reordered message may come from. */
const reorderReach = 50;

/** The faults in force, as what they do to a call. Chance by the seed: new faults start its numbers again. */
export const makeFaultInjection = (faults: QueueFaultControl) => {
  const next = makeFaultChance(faults);
  const happens = (share: number): boolean => share > 0 && next() < share;

  return {
    losesReply: (): boolean => happens(faults.current.replyLostShare),

    /** The entries of a send that fail. */
    failedOf: (entries: readonly SqsEntry[]): readonly SqsEntry[] =>
      entries.filter(() => happens(faults.current.sendErrorShare)),

    /** The delete as the engine gets to see it: a swallowed one names a handle that the engine does not know. */
    swallowDeletes: (queue: MendedQueue, { action, body }: SqsCall): SqsBody => {
      const swallow = <Entry extends SqsEntry>(entry: Entry): Entry => {
        if (!happens(faults.current.duplicateShare)) return entry;
        queue.changeVisibility(entry.ReceiptHandle ?? '', redeliverySeconds);
        return { ...entry, ReceiptHandle: 'swallowed' };
      };
      return action === 'DeleteMessage' ? swallow(body) : { ...body, Entries: (body.Entries ?? []).map(swallow) };
    },

    /** Lets messages at the head of a standard queue change places with later ones. */
    reorder: (queue: MendedQueue): void => {
      const { messages } = queue;
      for (let index = 0; index < Math.min(10, messages.length); index += 1) {
        if (!happens(faults.current.reorderShare)) continue;
        const other = Math.floor(next() * Math.min(messages.length, reorderReach));
        const [first, second] = [messages[index], messages[other]];
        if (first === undefined || second === undefined) continue;
        messages[index] = second;
        messages[other] = first;
      }
    },
  };
};
