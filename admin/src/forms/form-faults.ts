import { type FieldErrors, type FieldValues, get, type Resolver, set } from 'react-hook-form';

/** What is wrong, by field as the API names them: "price.amountMinor". */
export type Faults = Readonly<Record<string, string>>;

/** Where the words of a fault stand that belongs to no field. react-hook-form forgets it at the next save. */
export const wholeForm = 'root.server';

/** Checks a form before it is sent. Each save begins anew, so a fault that nobody can mend here never blocks the next. */
export const resolverOf =
  <T extends FieldValues>(faultsOf: (values: T) => Faults): Resolver<T> =>
  (values) => {
    const faults = Object.entries(faultsOf(values));
    if (faults.length === 0) return { values, errors: {} };
    const errors: FieldErrors<T> = {};
    for (const [path, message] of faults) set(errors, path, { type: 'rule', message });
    return { values: {}, errors };
  };

/** What a refusal says, field by field; a fault without fields belongs to the whole form. */
export const faultsOfRefusal = (fault: unknown, fieldOf: (path: string) => string = (path) => path): Faults => {
  const errors: unknown = get(fault, 'body.errors');
  const named = typeof errors === 'object' && errors !== null ? Object.entries(errors) : [];
  if (named.length === 0) return { [wholeForm]: wordsOf(fault) };
  return Object.fromEntries(
    named.map(([path, message]) => [path === '' || path === 'root' ? wholeForm : fieldOf(path), String(message)]),
  );
};

const wordsOf = (fault: unknown): string =>
  fault instanceof Error && fault.message !== '' ? fault.message : 'The server gave no reason.';

/** The errors of a form as a list, in the order of the form's state. */
export const listFaults = (
  errors: FieldErrors,
  path = '',
): readonly { readonly path: string; readonly text: string }[] =>
  Object.entries(errors).flatMap(([name, error]) => {
    if (error === undefined || error === null || typeof error !== 'object') return [];
    const at = path === '' ? name : `${path}.${name}`;
    const text = 'message' in error && typeof error.message === 'string' ? error.message : undefined;
    return text === undefined ? listFaults(withoutElement(error), at) : [{ path: at, text }];
  });

/** react-hook-form keeps the element of a field in its error: a page is not a list of faults. */
const withoutElement = (error: object): FieldErrors =>
  Object.fromEntries(Object.entries(error).filter(([name]) => name !== 'ref'));
