import type { CompletedUpload, UploadTicket } from '@penstock/domain/admin';
import type { Image } from '@penstock/domain/product';
import { httpClient } from '#data/http-client.ts';
import { reportProgress } from '#pictures/progress.ts';
import { drawWidths } from '#pictures/widths.ts';

/** A picture in a form: stored already, or chosen on this machine and not sent yet. */
export type NewPicture = { readonly file: File; readonly preview: string; readonly alt: string };
export type FormPicture = Image | NewPicture;

export const isNewPicture = (picture: FormPicture): picture is NewPicture => 'file' in picture;

/**
 * Sends the new pictures of a product and puts what the API made of them in their place. Nothing is saved when one
 * fails: the fault names the file. Also drops what the form holds but the API computes.
 */
export const uploadNewPictures = async <T extends object>(apiUrl: string, data: T): Promise<T> => {
  const pictures = 'images' in data && Array.isArray(data.images) ? (data.images as FormPicture[]) : undefined;
  if (pictures === undefined) return data;
  const waiting = pictures.filter(isNewPicture).length;
  const images: Image[] = [];
  let done = 0;
  try {
    for (const picture of pictures) {
      if (!isNewPicture(picture)) {
        images.push(picture);
        continue;
      }
      reportProgress({ done, total: waiting });
      images.push(await uploadPicture(apiUrl, picture));
      done += 1;
    }
  } finally {
    reportProgress(undefined);
  }
  return { ...data, images };
};

const uploadPicture = async (apiUrl: string, picture: NewPicture): Promise<Image> => {
  const widths = await drawWidths(picture.file);
  const uploads: CompletedUpload[] = [];
  for (const blob of widths) uploads.push(await uploadBlob(apiUrl, blob, picture.file.name));
  const largest = uploads.at(-1);
  if (largest === undefined) throw new Error(`${picture.file.name} could not be read as a picture.`);
  return {
    alt: picture.alt,
    width: largest.width,
    height: largest.height,
    src: largest.src,
    sources: uploads.map(({ src, width, type }) => ({ src, width, type })),
  };
};

/** One file: a ticket, the signed form with the file last, and the check of its bytes. */
const uploadBlob = async (apiUrl: string, blob: Blob, name: string): Promise<CompletedUpload> => {
  const post = { method: 'POST', body: JSON.stringify({ contentType: blob.type, size: blob.size }) };
  const ticket = (await httpClient(`${apiUrl}/uploads`, post)).json as UploadTicket;
  const form = new FormData();
  for (const [key, value] of Object.entries(ticket.fields)) form.append(key, value);
  form.append('file', blob);
  const sent = await fetch(ticket.url, { method: 'POST', body: form });
  if (!sent.ok) throw new Error(`${name} was not taken by the picture store (${sent.status}). Nothing was saved.`);
  const completed = await httpClient(`${apiUrl}/uploads/${ticket.id}/complete`, { method: 'POST', body: '{}' });
  return completed.json as CompletedUpload;
};
