import { sweepTornObjects } from '#objects/torn-objects';
import { buildEngineApp, type EngineApp } from '#queue/engine-app';
import { fauxqs, type S3Store } from '#queue/fauxqs-internals';

export type ObjectEngineOptions = {
  /** Folder of the objects, one file each; null keeps everything in memory. */
  readonly dataDir: string | null;
};

export type ObjectEngine = {
  readonly app: EngineApp;
  readonly store: S3Store;
  /** Listens on 127.0.0.1 and answers with the port; 0 takes a free one. */
  readonly listen: (port: number) => Promise<number>;
  /** Makes a bucket unless it is there. */
  readonly declareBucket: (name: string) => void;
  readonly close: () => Promise<void>;
};

/** S3 on this machine: fauxqs over plain files. It checks nothing: that is the gate's work. Nothing listens yet. */
export const makeObjectEngine = ({ dataDir }: ObjectEngineOptions): ObjectEngine => {
  const store = new fauxqs.S3Store();
  if (dataDir !== null) {
    sweepTornObjects(dataDir);
    const files = new fauxqs.FileS3Persistence(dataDir);
    // Attached after the load, which would otherwise write every object again, without its bytes.
    files.loadS3(store);
    store.persistence = files;
  }
  const app = buildEngineApp('us-east-1', {
    sqsStore: new fauxqs.SqsStore(),
    snsStore: new fauxqs.SnsStore(),
    s3Store: store,
  });
  return {
    app,
    store,
    listen: async (port) => Number(new URL(await app.listen({ host: '127.0.0.1', port })).port),
    declareBucket: (name) => {
      if (!store.hasBucket(name)) store.createBucket(name);
    },
    close: () => app.close(),
  };
};
