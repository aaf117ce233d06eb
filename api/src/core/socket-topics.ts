import type { RefusalCode } from '@penstock/domain/frames';
import { limits } from '@penstock/domain/limits';
import { type Audience, topicAudience } from '@penstock/domain/topics';

export type RefusedTopic = { readonly topic: string; readonly code: RefusalCode };
export type TopicChoice = {
  /** Everything the connection holds afterwards. */
  readonly held: readonly string[];
  /** Those of the message that it holds afterwards. */
  readonly taken: readonly string[];
  readonly refused: readonly RefusedTopic[];
};

/**
 * Which topics a connection may take: known ones, staff's only by the audience stored at $connect, never by what the
 * message says (H6), and at most 20 in all. A topic taken already is taken.
 */
export const takeTopics = (held: readonly string[], wanted: readonly string[], audience: Audience): TopicChoice => {
  const all = new Set(held);
  const taken: string[] = [];
  const refused: RefusedTopic[] = [];
  for (const topic of new Set(wanted)) {
    const code = refusalOf(topic, audience, all);
    if (code !== undefined) refused.push({ topic, code });
    else {
      all.add(topic);
      taken.push(topic);
    }
  }
  return { held: [...all], taken, refused };
};

/** What a connection holds once it has given topics back; those it did not hold change nothing. */
export const dropTopics = (held: readonly string[], unwanted: readonly string[]): TopicChoice => ({
  held: held.filter((topic) => !unwanted.includes(topic)),
  taken: [],
  refused: [],
});

const refusalOf = (topic: string, audience: Audience, all: ReadonlySet<string>): RefusalCode | undefined => {
  const needed = topicAudience(topic);
  if (needed === undefined) return 'topic-unknown';
  if (needed === 'staff' && audience !== 'staff') return 'topic-forbidden';
  return all.has(topic) || all.size < limits.topicsMax ? undefined : 'topics-too-many';
};
