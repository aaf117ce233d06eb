import type { EngineRequest } from '#queue/engine-app';

/** What a request needs to be allowed: IAM actions on resources of the topology. */
export type NeededGrant = { readonly action: string; readonly resource: string };

/** Bucket and key of a request's path; the key is empty for calls on the bucket. */
export const targetOf = ({ params }: EngineRequest): { readonly bucket: string; readonly key: string } => ({
  bucket: params.bucket ?? '',
  key: params['*'] ?? '',
});

export const bucketResource = (bucket: string): string => `bucket/${bucket}`;
export const objectResource = (bucket: string, key: string): string => `bucket/${bucket}/${key}`;

/** Whether this is a browser's upload form, which is checked by its policy and not by a header. */
export const isUploadForm = ({ method, headers }: EngineRequest): boolean =>
  method === 'POST' && headers['content-type']?.toLowerCase().startsWith('multipart/form-data') === true;

/** The grants that a request needs. A copy reads its source too; a delete of many keys needs the whole bucket. */
export const neededGrants = (request: EngineRequest): readonly NeededGrant[] => {
  const { method, headers, query } = request;
  const { bucket, key } = targetOf(request);
  if (bucket === '') return [{ action: 's3:ListAllMyBuckets', resource: 'bucket/*' }];
  if (key === '') return [bucketGrant(method, query, bucket)];
  const on = (action: string) => ({ action, resource: objectResource(bucket, key) });
  if (method === 'GET' || method === 'HEAD') return [on('s3:GetObject')];
  if (method === 'DELETE') return [on(query.uploadId === undefined ? 's3:DeleteObject' : 's3:AbortMultipartUpload')];
  const source = headers['x-amz-copy-source'];
  if (source === undefined) return [on('s3:PutObject')];
  const path = decodeURIComponent(source).replace(/^\//, '');
  return [on('s3:PutObject'), { action: 's3:GetObject', resource: `bucket/${path}` }];
};

const bucketGrant = (method: string, query: EngineRequest['query'], bucket: string): NeededGrant => {
  const resource = bucketResource(bucket);
  if ('lifecycle' in query)
    return { action: method === 'GET' ? 's3:GetLifecycleConfiguration' : 's3:PutLifecycleConfiguration', resource };
  if (method === 'GET' || method === 'HEAD') return { action: 's3:ListBucket', resource };
  if (method === 'POST') return { action: 's3:DeleteObject', resource: objectResource(bucket, '*') };
  return { action: method === 'PUT' ? 's3:CreateBucket' : 's3:DeleteBucket', resource };
};

/**
 * Whether a key can be kept here: files on disk are named after keys, so steps like `..` and empty steps, which S3 takes,
 * are refused. At most 1,024 bytes, as on AWS.
 */
export const isStorableKey = (key: string): boolean =>
  Buffer.byteLength(key) <= 1024 &&
  !key.includes('\0') &&
  !key
    .replace(/\/$/, '')
    .split('/')
    .some((step) => step === '' || step === '.' || step === '..');
