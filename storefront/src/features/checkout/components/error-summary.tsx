import type { Ref } from 'react';
import { checkoutFields, fieldId } from '#features/checkout/api/checkout-fields.ts';
import { type FormErrors, hasErrors } from '#features/checkout/api/form-errors.ts';
import type { BasketRow } from '#lib/basket/basket-rows.ts';
import { type Shortage, shortageWords } from '#lib/basket/shortages.ts';
import { useServices } from '#lib/services.ts';
import { Notice } from '#ui/notice.tsx';
import { TakeWhatIsLeft } from '#ui/take-what-is-left.tsx';

type Props = {
  readonly errors: FormErrors;
  readonly rows: readonly BasketRow[];
  /** What asks for more than is left, as it is now. */
  readonly shortages: readonly Shortage[];
  readonly correlationId: string | undefined;
  readonly ref: Ref<HTMLDivElement>;
};

/** Every fault in one place, each a link to its field; it takes the focus after a submission that failed. */
export const ErrorSummary = ({ errors, rows, shortages, correlationId, ref }: Props) => {
  const { basket } = useServices();
  if (!hasErrors(errors) && shortages.length === 0) return <div ref={ref} tabIndex={-1} />;
  return (
    <div ref={ref} tabIndex={-1} role="alert" aria-labelledby="errors-heading">
      <Notice tone="signal">
        <h2 id="errors-heading">Please check</h2>
        <ul>
          {shortages.map((shortage) => (
            <li key={shortage.row.productId}>
              {shortageWords(shortage)}{' '}
              <TakeWhatIsLeft
                name={shortage.row.name}
                available={shortage.available}
                onTake={(quantity) => basket.setQuantity(shortage.row.productId, quantity)}
              />
            </li>
          ))}
          {errors.other.map((text) => (
            <li key={text}>{text}</li>
          ))}
          {errors.lines.map(({ index, text }) => (
            <li key={`${index} ${text}`}>
              {rows.filter(({ unavailable }) => !unavailable)[index]?.name ?? 'A line'}: {text}
            </li>
          ))}
          {checkoutFields
            .filter(({ name }) => errors.fields[name] !== undefined)
            .map(({ name, label }) => (
              <li key={name}>
                <a
                  href={`#${fieldId(name)}`}
                  onClick={(event) => {
                    event.preventDefault();
                    document.getElementById(fieldId(name))?.focus();
                  }}
                >
                  {label}: {errors.fields[name]}
                </a>
              </li>
            ))}
        </ul>
        {correlationId === undefined || errors.other.length === 0 ? null : (
          <p className="small">
            To ask about it, quote <code>{correlationId}</code>.
          </p>
        )}
      </Notice>
    </div>
  );
};
