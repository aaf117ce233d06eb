import * as z from 'zod';
import { basketSchema } from '#basket';
import { limits } from '#limits';
import { pendingActSchema } from '#pending';

/** Picture types that may be uploaded (facts: exact types, checked by magic bytes before anyone sees them). */
export const uploadTypes = ['image/webp', 'image/png', 'image/jpeg', 'image/avif'] as const;

/** Body of POST /uploads: what the browser is about to send. */
export const requestUploadSchema = z
  .strictObject({
    contentType: z.enum(uploadTypes, `Upload one of ${uploadTypes.join(', ')}.`),
    size: z
      .int('Give the size in bytes.')
      .min(1, 'The file is empty.')
      .max(limits.uploadBytesMax, 'A picture may have at most 5 MB.'),
  })
  .meta({ id: 'RequestUpload' });

/** Answer to POST /uploads: a form that the browser posts as it is, the file last. */
export const uploadTicketSchema = z
  // plain-keys: the fields of a signed form, named by the bucket; whoever posts it reads them as pairs.
  .strictObject({ url: z.string(), fields: z.record(z.string(), z.string()), id: z.string() })
  .meta({ id: 'UploadTicket' });

/** Answer to POST /uploads/{id}/complete: the picture as a product's `images` take it. */
export const completedUploadSchema = z
  .strictObject({ src: z.string(), width: z.int(), height: z.int(), type: z.enum(uploadTypes) })
  .meta({ id: 'CompletedUpload' });

export type RequestUpload = z.infer<typeof requestUploadSchema>;
export type UploadTicket = z.infer<typeof uploadTicketSchema>;
export type CompletedUpload = z.infer<typeof completedUploadSchema>;

/** A basket as staff see it: with the clear that waits in the queue. */
export const staffBasketSchema = basketSchema
  .extend({ pending: pendingActSchema.optional() })
  .meta({ id: 'StaffBasket' });

export type StaffBasket = z.infer<typeof staffBasketSchema>;
