import { stepsOf } from '#features/order/api/order-texts.ts';
import type { AnyOrder } from '#features/order/api/use-order.ts';
import { spokenTime } from '#lib/text/format.ts';

/** The gates of the order in their order, with times; the current one is marked for everyone. */
export const Timeline = ({ order }: { readonly order: AnyOrder }) => (
  <ol className="timeline" aria-label="Progress of the order">
    {stepsOf(order).map(({ status, label, at, state }) => (
      <li
        key={status}
        className={`step step-${state}`}
        {...(state === 'current' ? { 'aria-current': 'step' as const } : {})}
      >
        <span>{label}</span>
        {at === undefined ? (
          <span className="small">{state === 'ahead' ? 'to come' : ''}</span>
        ) : (
          <time className="small" dateTime={at}>
            {spokenTime(at)}
          </time>
        )}
      </li>
    ))}
  </ol>
);
