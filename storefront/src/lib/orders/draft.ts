import type { PlaceOrder } from '@penstock/domain/order';
import { readKept } from '#lib/storage/kept-json.ts';
import { writeText } from '#lib/storage/local-text.ts';
import type { SetAside } from '#lib/storage/set-aside.ts';
import { optional, type Read, shape, text, truth } from '#lib/storage/shape.ts';

const key = 'checkout-draft';
const field = optional(text(/^[^\0]{0,500}$/));
const draft = shape({
  name: field,
  email: field,
  line1: field,
  line2: field,
  city: field,
  postcode: field,
  country: field,
  /** Keep name and address on this device after the order, too. */
  isRemembered: optional(truth),
});

/**
 * What was typed at the checkout. One rule: it is kept until the order that it belongs to is accepted, wherever that is
 * noticed, and longer only when the shopper asks for it.
 */
export type Draft = Read<typeof draft>;

export const readDraft = (setAside: SetAside): Draft => readKept(key, draft, setAside) ?? {};

export const writeDraft = (typed: Draft): void => {
  writeText(key, JSON.stringify(typed));
};

/** The order with this body was accepted. What was typed since for another one stays. */
export const forgetDraft = ({ contact, address }: PlaceOrder, setAside: SetAside): void => {
  const kept = readDraft(setAside);
  const isOfOrder = kept.name?.trim() === contact.name && kept.line1?.trim() === address.line1;
  if (isOfOrder && kept.isRemembered !== true) writeText(key, undefined);
};
