import type { Clock } from '@penstock/domain/clock';
import { makeObjectEngine, type ObjectEngine } from '#objects/engine';
import { addObjectGate } from '#objects/gate';
import type { Authorise } from '#queue/gate';

export type ObjectPartOptions = {
  /** 0 takes a free port. */
  readonly port: number;
  readonly dataDir: string | null;
  readonly buckets: readonly string[];
  readonly authorise: Authorise;
  readonly secretOf: (accessKeyId: string) => string;
  readonly allowedOrigins: readonly string[];
  /** What anybody may GET, as `bucket/prefix`. */
  readonly publicPrefixes: readonly string[];
  readonly clock: Clock;
};

export type ObjectPart = ObjectEngine & { readonly port: number };

/** The secret of every key on this machine: gates tell callers apart by the key's name alone. */
export const localSecret = 'local';

/** The object part of the one-machine cloud: S3 behind its gate, with its buckets, listening on 127.0.0.1. */
export const startObjectPart = async (options: ObjectPartOptions): Promise<ObjectPart> => {
  const engine = makeObjectEngine({ dataDir: options.dataDir });
  addObjectGate({ engine, ...options });
  for (const bucket of options.buckets) engine.declareBucket(bucket);
  const port = await engine.listen(options.port);
  return { ...engine, port };
};
