import type { ReactNode } from 'react';
import { type RaRecord, SimpleForm, useSaveContext } from 'react-admin';
import type { FieldValues, Resolver } from 'react-hook-form';
import { FaultSummary } from '#forms/fault-summary.tsx';
import { faultsOfRefusal, wholeForm } from '#forms/form-faults.ts';

type OfficeFormProps = {
  readonly children: ReactNode;
  readonly toolbar?: ReactNode;
  /** What stands last, beside Save. */
  readonly after?: ReactNode;
  /** What the inputs begin with; the record of the page when left out. Only another record here resets the form. */
  readonly record?: RaRecord;
  readonly defaultValues?: FieldValues;
  readonly resolver: Resolver<FieldValues>;
  readonly toBody: (values: FieldValues) => object;
  readonly fieldOf: (path: string) => string;
  readonly labelOf: (path: string) => string | undefined;
  /** Hears a refusal first, and says it in words of its own where it knows better. */
  readonly onRefusal?: (fault: unknown) => string | undefined;
};

/**
 * A form that loses nothing: it is checked before it is sent, a refusal marks its fields and can be mended and sent again,
 * and leaving with something typed asks.
 */
export const OfficeForm = (props: OfficeFormProps) => {
  const { children, toolbar, after, record, defaultValues, resolver, toBody, fieldOf, labelOf, onRefusal } = props;
  const { save } = useSaveContext();

  /** What is returned are the faults of the fields; nothing when it is saved. */
  const submit = async (values: FieldValues) => {
    let refusal: { readonly fault: unknown } | undefined;
    await save?.(toBody(values), {
      onError: (fault: unknown) => {
        refusal = { fault };
      },
    });
    if (refusal === undefined) return undefined;
    const words = onRefusal?.(refusal.fault);
    return words === undefined ? faultsOfRefusal(refusal.fault, fieldOf) : { [wholeForm]: words };
  };

  return (
    <SimpleForm
      warnWhenUnsavedChanges
      disableInvalidFormNotification
      shouldFocusError={false}
      resolver={resolver}
      onSubmit={submit}
      {...(record === undefined ? {} : { record })}
      {...(defaultValues === undefined ? {} : { defaultValues })}
      {...(toolbar === undefined ? {} : { toolbar })}
    >
      {children}
      <FaultSummary labelOf={labelOf} />
      {after}
    </SimpleForm>
  );
};
