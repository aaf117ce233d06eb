import { type CompletedUpload, requestUploadSchema, type UploadTicket } from '@penstock/domain/admin';
import type { ImageStore } from '@penstock/platform/image-store';
import { pictureExtension, readPicture } from '#core/pictures/read-picture';
import type { Routes } from '#http/api';
import type { ApiAnswer, ApiCall } from '#http/api-call';
import { readBody } from '#http/body';
import { fieldProblem, ProblemError } from '#http/problem-error';

export type AdminUploadsDeps = {
  readonly images: ImageStore;
  readonly sha256Hex: (bytes: Uint8Array) => string;
  readonly mintId: () => string;
};

const uploadIdPattern = /^[0-9a-f-]{36}$/;

/** POST /uploads: a signed form for exactly this file. */
const makeRequestUpload =
  ({ images, mintId }: AdminUploadsDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const { contentType, size } = readBody(call, requestUploadSchema);
    const id = mintId();
    const { url, fields } = await images.signUpload({ id, contentType, size });
    return { status: 201, body: { url, fields: { ...fields }, id } satisfies UploadTicket };
  };

/** POST /uploads/{id}/complete: the bytes are what they claim to be, or nobody ever sees them (facts S1). */
const makeCompleteUpload =
  ({ images, sha256Hex }: AdminUploadsDeps) =>
  async (call: ApiCall): Promise<ApiAnswer> => {
    const id = call.parameters.id ?? '';
    if (!uploadIdPattern.test(id)) throw new ProblemError('record-not-found', { detail: 'No upload has this id.' });
    const bytes = await images.readIncoming(id);
    if (bytes === undefined)
      throw new ProblemError('record-not-found', {
        detail: 'Nothing was uploaded under this id, or it is completed already. Upload the file again.',
      });
    const verdict = readPicture(bytes);
    if (!verdict.ok) {
      await images.dropIncoming(id);
      throw fieldProblem('/file', verdict.message, verdict.remedy);
    }
    const { picture } = verdict;
    const name = `${sha256Hex(bytes).slice(0, 32)}-${picture.width}.${pictureExtension(picture.type)}`;
    await images.publish(name, bytes, picture.type);
    await images.dropIncoming(id);
    return { status: 200, body: { src: `/images/${name}`, ...picture } satisfies CompletedUpload };
  };

/** The calls of the function admin-uploads, by route. */
export const adminUploadsRoutes = (deps: AdminUploadsDeps): Routes => ({
  'POST /uploads': makeRequestUpload(deps),
  'POST /uploads/{id}/complete': makeCompleteUpload(deps),
});
