import { checkoutFields, type FieldErrors, type FieldName } from '#features/checkout/api/checkout-fields.ts';

/** Faults by where they are shown: at a field, at a line of the order, or above the form. */
export type FormErrors = {
  readonly fields: FieldErrors;
  readonly lines: readonly { readonly index: number; readonly text: string }[];
  readonly other: readonly string[];
};

export const noErrors: FormErrors = { fields: {}, lines: [], other: [] };

/**
 * Sorts dotted paths, ours or those of a 422, to where they are shown. Every fault is shown somewhere: what belongs to
 * no field and no line goes above the form.
 */
export const formErrorsOf = (pathErrors: Readonly<Record<string, string>>, detail?: string): FormErrors => {
  const fields: Partial<Record<FieldName, string>> = {};
  const lines: { index: number; text: string }[] = [];
  const other: string[] = [];
  for (const [path, text] of Object.entries(pathErrors)) {
    const field = checkoutFields.find((each) => each.path === path);
    const line = /^lines\.(\d+)(?:\.|$)/.exec(path);
    if (field !== undefined) fields[field.name] = text;
    else if (line !== null) lines.push({ index: Number(line[1]), text });
    else other.push(text);
  }
  if (detail !== undefined && Object.keys(pathErrors).length === 0) other.push(detail);
  return { fields, lines, other };
};

export const hasErrors = ({ fields, lines, other }: FormErrors): boolean =>
  Object.values(fields).some((text) => text !== undefined) || lines.length > 0 || other.length > 0;
