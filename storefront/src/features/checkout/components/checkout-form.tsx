import { type FormEvent, useEffect, useRef, useState } from 'react';
import {
  type CheckoutValues,
  checkoutFields,
  type FieldName,
  valuesFrom,
} from '#features/checkout/api/checkout-fields.ts';
import { type FormErrors, formErrorsOf, hasErrors, noErrors } from '#features/checkout/api/form-errors.ts';
import { orderBodyOf } from '#features/checkout/api/order-body.ts';
import { withRows } from '#features/checkout/api/row-errors.ts';
import { ErrorSummary } from '#features/checkout/components/error-summary.tsx';
import { Field } from '#features/checkout/components/field.tsx';
import { OrderSummary } from '#features/checkout/components/order-summary.tsx';
import { type BasketRow, risenIn } from '#lib/basket/basket-rows.ts';
import { shortagesIn } from '#lib/basket/shortages.ts';
import { writeDraft } from '#lib/orders/draft.ts';
import type { MyOrder } from '#lib/orders/my-orders.ts';
import { useServices } from '#lib/services.ts';

type Props = {
  readonly basketId: string;
  readonly rows: readonly BasketRow[];
  /** The last attempt, when it was turned down: why, and what was typed for it. */
  readonly turnedDown: MyOrder | undefined;
};

const loadValidator = () => import('#features/checkout/api/validate.ts');
/** Nothing is lost by it: the button tries again, and the shop checks all the same. */
const logged = (error: unknown): void => console.warn('What was typed could not be checked.', error);

/**
 * Contact, address and summary. A field says what is wrong when it is left; all faults together are told only after the button
 * was pressed. What was typed is kept.
 */
export const CheckoutForm = ({ basketId, rows, turnedDown }: Props) => {
  const { orders, readDraft } = useServices();
  const problem = turnedDown?.problem;
  const [draft] = useState(readDraft);
  const [values, setValues] = useState(() => valuesFrom({ ...turnedDown?.contact, ...turnedDown?.address, ...draft }));
  const [isRemembered, setRemembered] = useState(draft.isRemembered === true);
  const [errors, setErrors] = useState<FormErrors>(() =>
    problem === undefined ? noErrors : formErrorsOf(problem.fieldErrors, problem.detail),
  );
  const [summed, setSummed] = useState(errors);
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    loadValidator().catch(logged);
    if (problem !== undefined) summary.current?.focus();
  }, [problem]);

  const change = (name: FieldName, value: string): void => {
    const next: CheckoutValues = { ...values, [name]: value };
    setValues(next);
    writeDraft({ ...next, isRemembered });
  };
  const remember = (is: boolean): void => {
    setRemembered(is);
    writeDraft({ ...values, isRemembered: is });
  };
  const checkField = async (name: FieldName): Promise<void> => {
    const { pathErrorsOf } = await loadValidator();
    const found = formErrorsOf(pathErrorsOf(values)).fields[name];
    setErrors((known) => ({ ...known, fields: { ...known.fields, [name]: found } }));
    // What was summed up and is right now leaves the summary; nothing new enters it before the next press.
    if (found === undefined) setSummed((known) => ({ ...known, fields: { ...known.fields, [name]: undefined } }));
  };
  const refuse = (found: FormErrors): void => {
    setErrors(found);
    setSummed(found);
    setBusy(false);
    requestAnimationFrame(() => summary.current?.focus());
  };
  const place = async (): Promise<void> => {
    setBusy(true);
    setAsked(true);
    const { pathErrorsOf } = await loadValidator();
    const found = withRows(formErrorsOf(pathErrorsOf(values)), rows, risenIn(rows).length);
    if (hasErrors(found) || shortagesIn(rows).length > 0) return refuse(found);
    const names = new Map(rows.map(({ productId, name }) => [productId, name]));
    const begun = await orders.begin(orderBodyOf(basketId, rows, values), names);
    if (!begun.ok) refuse({ ...noErrors, other: ['Some of these lines were just ordered in another tab.'] });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    place().catch((error: unknown) => {
      console.error('The order could not be begun.', error);
      refuse({ ...noErrors, other: ['The order could not be begun. Nothing was sent; what you typed is kept.'] });
    });
  };

  return (
    <form className="checkout-form" noValidate onSubmit={submit}>
      <div className="checkout-fields">
        <ErrorSummary
          ref={summary}
          errors={summed}
          rows={rows}
          shortages={isAsked ? shortagesIn(rows) : []}
          correlationId={problem?.correlationId}
        />
        <fieldset>
          <legend>Contact</legend>
          {checkoutFields.filter(({ path }) => path.startsWith('contact')).map(renderField)}
        </fieldset>
        <fieldset>
          <legend>Delivery address</legend>
          {checkoutFields.filter(({ path }) => path.startsWith('address')).map(renderField)}
        </fieldset>
        <label className="remember">
          <input type="checkbox" checked={isRemembered} onChange={(event) => remember(event.target.checked)} />
          Remember my name and address on this device
        </label>
        {isRemembered ? null : <p className="small">Otherwise they are kept only until the order is accepted.</p>}
      </div>
      <OrderSummary rows={rows}>
        <button type="submit" className="button button-main" disabled={isBusy}>
          Place order
        </button>
      </OrderSummary>
    </form>
  );

  function renderField(field: (typeof checkoutFields)[number]) {
    return (
      <Field
        key={field.name}
        field={field}
        value={values[field.name]}
        error={errors.fields[field.name]}
        onChange={(value) => change(field.name, value)}
        onLeave={() => checkField(field.name).catch(logged)}
      />
    );
  }
};
