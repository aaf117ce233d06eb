import type { CompletedUpload, UploadTicket } from '@penstock/domain/admin';
import type { Image } from '@penstock/domain/product';
import pLimit from 'p-limit';
import { httpClient } from '#data/http-client.ts';
import { reportProgress } from '#pictures/progress.ts';
import { drawWidths } from '#pictures/widths.ts';

/** A picture in a form: stored already, or chosen on this machine and not sent yet. */
export type NewPicture = { readonly file: File; readonly alt: string };
export type FormPicture = Image | NewPicture;

export const isNewPicture = (picture: FormPicture): picture is NewPicture => 'file' in picture;

/** Files on their way at one time, over all pictures of a form. */
const uploadsAtOnce = 3;

type Sent = Omit<Image, 'alt'>;

/** Draws the files of a picture, smallest first, and sends one of them. */
type UploadSteps = {
  readonly draw: (file: File) => Promise<readonly Blob[]>;
  readonly send: (blob: Blob, name: string) => Promise<CompletedUpload>;
};

/**
 * Sends the new pictures of a product and puts what the API made of them in their place. Nothing is saved when one fails:
 * the fault names the file. What is sent stays sent, so that the same form pressed again asks for the same.
 */
export const makeUploadNewPictures = ({ draw, send }: UploadSteps) => {
  const sent = new WeakMap<File, Sent>();
  const limit = pLimit(uploadsAtOnce);

  const uploadPicture = async (file: File): Promise<Sent> => {
    const known = sent.get(file);
    if (known !== undefined) return known;
    const blobs = await draw(file);
    const uploads = await Promise.all(blobs.map((blob) => limit(() => send(blob, file.name))));
    const picture = pictureOf(uploads, file.name);
    sent.set(file, picture);
    return picture;
  };

  return async <T extends object>(data: T): Promise<T> => {
    const pictures = 'images' in data && Array.isArray(data.images) ? (data.images as FormPicture[]) : undefined;
    const total = pictures?.filter(isNewPicture).length ?? 0;
    if (pictures === undefined || total === 0) return data;
    let done = 0;
    reportProgress({ done, total });
    try {
      const images = await Promise.all(
        pictures.map(async (picture) => {
          if (!isNewPicture(picture)) return picture;
          const image = { alt: picture.alt, ...(await uploadPicture(picture.file)) };
          done += 1;
          reportProgress({ done, total });
          return image;
        }),
      );
      return { ...data, images };
    } finally {
      reportProgress(undefined);
    }
  };
};

const pictureOf = (uploads: readonly CompletedUpload[], name: string): Sent => {
  const largest = uploads.at(-1);
  if (largest === undefined) throw new Error(`${name} could not be read as a picture.`);
  return {
    width: largest.width,
    height: largest.height,
    src: largest.src,
    sources: uploads.map(({ src, width, type }) => ({ src, width, type })),
  };
};

/** The steps of a browser: shrink, ask for a ticket, post the signed form with the file last, have its bytes checked. */
export const browserSteps = (apiUrl: string): UploadSteps => ({
  draw: drawWidths,
  send: async (blob, name) => {
    const ticket = (await post(`${apiUrl}/uploads`, { contentType: blob.type, size: blob.size })) as UploadTicket;
    const form = new FormData();
    for (const [key, value] of Object.entries(ticket.fields)) form.append(key, value);
    form.append('file', blob);
    const sent = await fetch(ticket.url, { method: 'POST', body: form });
    if (!sent.ok) throw new Error(`${name} was not taken by the picture store (${sent.status}). Nothing was saved.`);
    return (await post(`${apiUrl}/uploads/${ticket.id}/complete`, {})) as CompletedUpload;
  },
});

/** Two pictures of one size ask in the same words, so each upload brings a key of its own. */
const post = async (url: string, body: object): Promise<unknown> =>
  (
    await httpClient(url, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: new Headers({ 'Idempotency-Key': crypto.randomUUID() }),
    })
  ).json;
