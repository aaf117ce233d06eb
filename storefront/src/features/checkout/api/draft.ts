import { type CheckoutValues, emptyValues } from '#features/checkout/api/checkout-fields.ts';
import { readJsonText, writeText } from '#lib/storage/local-text.ts';

const key = 'checkout-draft';

/** What was typed and not yet ordered; it survives a reload. */
export const readDraft = (): CheckoutValues => {
  const kept = readJsonText<Record<string, unknown>>(key) ?? {};
  const texts = Object.entries(kept).filter(([name, value]) => name in emptyValues && typeof value === 'string');
  return { ...emptyValues, ...(Object.fromEntries(texts) as Partial<CheckoutValues>) };
};

export const writeDraft = (values: CheckoutValues): void => {
  writeText(key, JSON.stringify(values));
};

/** The order was accepted: name and address are not kept any longer. */
export const clearDraft = (): void => {
  writeText(key, undefined);
};
