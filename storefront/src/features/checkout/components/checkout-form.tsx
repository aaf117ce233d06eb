import { limits } from '@penstock/domain/limits';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type CheckoutValues, checkoutFields, type FieldName } from '#features/checkout/api/checkout-fields.ts';
import { readDraft, writeDraft } from '#features/checkout/api/draft.ts';
import { type FormErrors, formErrorsOf, hasErrors, noErrors } from '#features/checkout/api/form-errors.ts';
import { orderBodyOf } from '#features/checkout/api/order-body.ts';
import { useSeenPrices } from '#features/checkout/api/seen-prices.ts';
import { ErrorSummary } from '#features/checkout/components/error-summary.tsx';
import { Field } from '#features/checkout/components/field.tsx';
import { OrderSummary } from '#features/checkout/components/order-summary.tsx';
import type { BasketRow } from '#lib/basket/basket-rows.ts';
import type { AttemptProblem } from '#lib/orders/order-book.ts';
import { useServices } from '#lib/services.ts';

type Props = {
  readonly basketId: string;
  readonly rows: readonly BasketRow[];
  /** Why the last attempt was turned down. */
  readonly problem: AttemptProblem | undefined;
};

const loadValidator = () => import('#features/checkout/api/validate.ts');

/** Contact, address and summary. Faults stand at their field and in a summary; what was typed is kept. */
export const CheckoutForm = ({ basketId, rows, problem }: Props) => {
  const { orders } = useServices();
  const [values, setValues] = useState(readDraft);
  const [errors, setErrors] = useState<FormErrors>(() =>
    problem === undefined ? noErrors : formErrorsOf(problem.fieldErrors, problem.detail),
  );
  const [isBusy, setBusy] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const prices = useSeenPrices(rows);
  useEffect(() => {
    void loadValidator();
    if (problem !== undefined) summary.current?.focus();
  }, [problem]);

  const change = (name: FieldName, value: string): void => {
    const next: CheckoutValues = { ...values, [name]: value };
    setValues(next);
    writeDraft(next);
  };
  const checkField = async (name: FieldName): Promise<void> => {
    const { pathErrorsOf } = await loadValidator();
    const found = formErrorsOf(pathErrorsOf(values)).fields[name];
    setErrors((known) => ({ ...known, fields: { ...known.fields, [name]: found } }));
  };
  const refuse = (found: FormErrors): void => {
    setErrors(found);
    setBusy(false);
    requestAnimationFrame(() => summary.current?.focus());
  };
  const place = async (): Promise<void> => {
    setBusy(true);
    const { pathErrorsOf } = await loadValidator();
    const found = withRows(formErrorsOf(pathErrorsOf(values)), rows, prices.risen.length);
    if (hasErrors(found)) return refuse(found);
    const begun = await orders.begin(orderBodyOf(basketId, rows, prices.priceSeen, values));
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
        <ErrorSummary ref={summary} errors={errors} rows={rows} correlationId={problem?.correlationId} />
        <fieldset>
          <legend>Contact</legend>
          {checkoutFields.filter(({ path }) => path.startsWith('contact')).map(renderField)}
        </fieldset>
        <fieldset>
          <legend>Delivery address</legend>
          {checkoutFields.filter(({ path }) => path.startsWith('address')).map(renderField)}
        </fieldset>
      </div>
      <OrderSummary rows={rows} prices={prices}>
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
        onLeave={() => void checkField(field.name)}
      />
    );
  }
};

/** Adds what the basket itself has against being ordered now. */
const withRows = (errors: FormErrors, rows: readonly BasketRow[], risen: number): FormErrors => {
  const orderable = rows.filter(({ unavailable }) => !unavailable);
  const other = [
    ...(orderable.length === 0 ? ['Nothing in the basket can be ordered any more.'] : []),
    ...(orderable.length > limits.orderLinesMax ? [`One order takes at most ${limits.orderLinesMax} products.`] : []),
    ...(orderable.some(({ product }) => product === undefined)
      ? ['A price is still being loaded. Try again in a moment.']
      : []),
    ...(risen > 0 ? ['A price has changed. Accept the new price in the summary, or change the basket.'] : []),
  ];
  return { ...errors, other: [...errors.other, ...other] };
};
