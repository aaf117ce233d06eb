import { stepsOf } from '#features/order/api/order-texts.ts';
import type { AnyOrder } from '#features/order/api/use-order.ts';
import { spokenTime } from '#lib/text/format.ts';
import { Gauge } from '#ui/gauge.tsx';

/** An order waits before these: the gate is shut and the water stands above it. */
const shut: readonly string[] = ['held', 'rejected', 'cancelled'];

/**
 * The gates of the order in their order, with times; the current one is marked for everyone. When a gate opens while the page
 * is open, its plate slides aside and the water runs to the next.
 */
export const Timeline = ({ order }: { readonly order: AnyOrder }) => (
  <ol className="timeline" aria-label="Progress of the order">
    {stepsOf(order).map(({ status, label, at, state }) => (
      <li
        key={status}
        className={`step step-${state} step-${status}`}
        {...(state === 'current' ? { 'aria-current': 'step' as const } : {})}
      >
        <span className="gate" aria-hidden="true">
          <Gauge level={state === 'ahead' || shut.includes(status) ? 0 : 1} />
        </span>
        <span className="step-label">{label}</span>
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
