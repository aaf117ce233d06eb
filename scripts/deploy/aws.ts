/**
 * The AWS calls of a deployment: objects and invalidations. The one place outside platform that imports an SDK, because these
 * are the pipeline's calls, not the product's, and no zip may carry their clients.
 */
import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Shelf } from './releases.ts';
import type { Hands } from './run-steps.ts';

export type AwsOptions = {
  readonly region: string;
  /** An emulator's address; undefined is AWS with the credentials of the environment. */
  readonly endpoint?: string;
};

/** Keys that one DeleteObjects takes. */
const deleteMax = 1000;

export const makeAwsHands = ({
  region,
  endpoint,
}: AwsOptions): Pick<Hands, 'buckets' | 'invalidate'> & { readonly shelfOf: (bucket: string) => Shelf } => {
  const place = {
    region,
    ...(endpoint === undefined
      ? {}
      : { endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, forcePathStyle: true }),
  };
  const s3 = new S3Client(place);
  const cloudFront = new CloudFrontClient(place);
  return {
    buckets: {
      put: async (bucket, { key, contentType, cacheControl }, body) => {
        await s3.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: body,
            ContentType: contentType,
            CacheControl: cacheControl,
          }),
        );
      },
      list: async (bucket) => {
        const keys: string[] = [];
        let next: string | undefined;
        do {
          const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: next }));
          keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
          next = page.NextContinuationToken;
        } while (next !== undefined);
        return keys;
      },
      remove: async (bucket, keys) => {
        for (let at = 0; at < keys.length; at += deleteMax) {
          const objects = keys.slice(at, at + deleteMax).map((Key) => ({ Key }));
          const { Errors: faults = [] } = await s3.send(
            new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }),
          );
          if (faults.length > 0)
            throw new Error(`${faults.length} objects of ${bucket} could not be deleted: ${faults[0]?.Message}`);
        }
      },
    },
    invalidate: async (distribution, paths) => {
      await cloudFront.send(
        new CreateInvalidationCommand({
          DistributionId: distribution,
          InvalidationBatch: {
            CallerReference: `deploy-${Date.now()}`,
            Paths: { Quantity: paths.length, Items: [...paths] },
          },
        }),
      );
    },
    shelfOf: (bucket) => ({
      get: async (key) => {
        try {
          const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
          return await answer.Body?.transformToByteArray();
        } catch (error) {
          if (error instanceof NoSuchKey) return undefined;
          throw error;
        }
      },
      put: async (key, body) => {
        await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
      },
    }),
  };
};
