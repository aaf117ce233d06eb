import { fauxqs, type SqsQueue } from '#queue/fauxqs-internals';
import { awsInFlightMax, MendedQueue, type QueueDeps } from '#queue/mended-queue';

const accountId = '000000000000';

/** The queues of fauxqs, each one mended, under URLs that resolve: `http://127.0.0.1:<port>/000000000000/<name>`. */
export class MendedStore extends fauxqs.SqsStore {
  deps: QueueDeps = { deliveryDelayMs: () => 0, keepSent: () => {}, inFlightMax: awsInFlightMax };
  #origin = 'http://127.0.0.1';

  /** Every queue's URL follows the port, which may be another one than when the queue was stored. */
  moveTo(origin: string): void {
    this.#origin = origin;
    const queues = [...this.queues.values()];
    this.queues.clear();
    for (const queue of queues) {
      queue.url = this.#urlOf(queue.name);
      this.queues.set(queue.url, queue);
    }
  }

  override createQueue(
    name: string,
    _url: string,
    arn: string,
    attributes: Readonly<Record<string, string>> = {},
    tags: Readonly<Record<string, string>> = {},
  ): SqsQueue {
    const queue = new MendedQueue(name, this.#urlOf(name), arn, attributes, tags);
    queue.deps = this.deps;
    queue.persistence = this.persistence;
    this.persistence?.insertQueue(queue);
    this.queues.set(queue.url, queue);
    this.queuesByName.set(name, queue);
    this.queuesByArn.set(arn, queue);
    return queue;
  }

  mended(url: string): MendedQueue | undefined {
    const queue = this.getQueue(url);
    return queue instanceof MendedQueue ? queue : undefined;
  }

  mendedQueues(): readonly MendedQueue[] {
    return [...this.allQueues()].filter((queue) => queue instanceof MendedQueue);
  }

  #urlOf(name: string): string {
    return `${this.#origin}/${accountId}/${name}`;
  }
}
