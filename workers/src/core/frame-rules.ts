import { type ChangeFrame, frameSchemaNumber } from '@penstock/domain/frames';
import { limits } from '@penstock/domain/limits';
import { type Audience, topicAudience } from '@penstock/domain/topics';

/** A connection that is gone is forgotten only when it is older than this: a post before $connect returns is 410 too (H3). */
export const forgetAfterMs = 30_000;

/** The rules of section 8 that decide about a single frame or connection. One object, so that a test can plant a fault. */
export type FrameRules = {
  /** The text to post: the frame, or a `refetch` frame when it is over 28 KB (H1). */
  readonly encode: (frame: Omit<ChangeFrame, 'type' | 'schema'>) => string;
  /** The text that sends a page to ask anew. */
  readonly refetch: (topic: string) => string;
  /** Whether this audience may have frames of the topic; it is the one stored on the connection (H6). */
  readonly mayReceive: (topic: string, audience: Audience) => boolean;
  /** Whether a connection that answered 410 may be forgotten (H3). */
  readonly mayForget: (connectedAt: string, nowMs: number) => boolean;
};

const refetch = (topic: string): string => JSON.stringify({ type: 'refetch', schema: frameSchemaNumber, topic });

export const frameRules: FrameRules = {
  encode: ({ topic, id, rev, at, correlationId, data }) => {
    const text = JSON.stringify({
      type: 'change',
      schema: frameSchemaNumber,
      topic,
      id,
      rev,
      at,
      correlationId,
      data: data ?? null,
    });
    if (Buffer.byteLength(text) <= limits.frameBytesMax) return text;
    return refetch(topic);
  },
  refetch,
  mayReceive: (topic, audience) => audience === 'staff' || topicAudience(topic) === 'shop',
  mayForget: (connectedAt, nowMs) => nowMs - Date.parse(connectedAt) > forgetAfterMs,
};
