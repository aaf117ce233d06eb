import { topicIntervalMs } from '#core/frame-planner';

/** What an instance remembers of the frames it sent, from one batch to the next. A new instance starts with none. */
export type FrameMemory = {
  /** When the topic may be told again, ms; in the past for one that was not told lately. */
  readonly dueMs: (topic: string) => number;
  readonly told: (topic: string, nowMs: number) => void;
  /** The rev of this entity that the connection got while a batch was left unfinished; undefined when it got none. */
  readonly revAt: (topic: string, id: string, connectionId: string) => number | undefined;
  readonly reached: (topic: string, id: string, connectionId: string, rev: number) => void;
  /** The batch came to its end: who got what matters no more, nobody will be told the same again. */
  readonly finished: (nowMs: number) => void;
};

export const makeFrameMemory = (): FrameMemory => {
  const toldAtMs = new Map<string, number>();
  const revs = new Map<string, Map<string, number>>();
  const key = (topic: string, id: string): string => `${topic} ${id}`;
  return {
    dueMs: (topic) => (toldAtMs.get(topic) ?? Number.NEGATIVE_INFINITY) + topicIntervalMs(topic),
    told: (topic, nowMs) => {
      if (topicIntervalMs(topic) > 0) toldAtMs.set(topic, nowMs);
    },
    revAt: (topic, id, connectionId) => revs.get(key(topic, id))?.get(connectionId),
    reached: (topic, id, connectionId, rev) => {
      const reached = revs.get(key(topic, id)) ?? new Map<string, number>();
      reached.set(connectionId, rev);
      revs.set(key(topic, id), reached);
    },
    finished: (nowMs) => {
      revs.clear();
      for (const [topic, atMs] of toldAtMs) if (atMs + topicIntervalMs(topic) <= nowMs) toldAtMs.delete(topic);
    },
  };
};
