import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import type { Settings } from '#settings';

/** Pictures: sent to `incoming/` by a signed form, checked, and only then copied to `public/`. */
export type ImageStore = {
  /** A form that the browser posts as it is, the file last: exactly this key, type and size, for two minutes. */
  readonly signUpload: (upload: {
    readonly id: string;
    readonly contentType: string;
    readonly size: number;
  }) => Promise<{ readonly url: string; readonly fields: Readonly<Record<string, string>> }>;
  /** What was sent; undefined when nothing was, or when it has been completed. */
  readonly readIncoming: (id: string) => Promise<Uint8Array | undefined>;
  /** Puts a checked picture where everyone may see it. The name holds its hash: it never changes. */
  readonly publish: (name: string, bytes: Uint8Array, contentType: string) => Promise<void>;
  readonly dropIncoming: (id: string) => Promise<void>;
};

const uploadSeconds = 120;

export const makeS3ImageStore = ({
  s3,
  settings,
}: {
  readonly s3: S3Client;
  readonly settings: Pick<Settings, 'imagesBucket'>;
}): ImageStore => {
  const Bucket = settings.imagesBucket;
  return {
    signUpload: async ({ id, contentType, size }) =>
      createPresignedPost(s3, {
        Bucket,
        Key: `incoming/${id}`,
        Fields: { 'Content-Type': contentType },
        Conditions: [
          ['eq', '$Content-Type', contentType],
          ['content-length-range', size, size],
        ],
        Expires: uploadSeconds,
      }),
    readIncoming: async (id) => {
      try {
        const answer = await s3.send(new GetObjectCommand({ Bucket, Key: `incoming/${id}` }));
        return await answer.Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
        throw error;
      }
    },
    publish: async (name, bytes, contentType) => {
      await s3.send(
        new PutObjectCommand({
          Bucket,
          Key: `public/${name}`,
          Body: bytes,
          ContentType: contentType,
          CacheControl: 'public, max-age=31536000, immutable',
        }),
      );
    },
    dropIncoming: async (id) => {
      await s3.send(new DeleteObjectCommand({ Bucket, Key: `incoming/${id}` }));
    },
  };
};
