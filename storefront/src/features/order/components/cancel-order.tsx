import { useState } from 'react';
import { useCancelOrder } from '#features/order/api/use-cancel-order.ts';
import { ProblemError } from '#lib/net/problem.ts';
import { useAnnounce } from '#ui/announcer.tsx';

type Props = { readonly id: string; readonly receipt: string };

/** Cancelling takes a second press. What became of it is told by the order itself. */
export const CancelOrder = ({ id, receipt }: Props) => {
  const [isAsked, setAsked] = useState(false);
  const announce = useAnnounce();
  const { mutate, isPending, isSuccess, error } = useCancelOrder(id, receipt);
  if (isSuccess) return <p>Cancellation asked for. This page shows what becomes of it.</p>;
  if (!isAsked)
    return (
      <button type="button" className="button" onClick={() => setAsked(true)}>
        Cancel order
      </button>
    );
  return (
    <div className="confirm">
      <span>Cancel the whole order?</span>
      <button
        type="button"
        className="button"
        disabled={isPending}
        onClick={() => mutate(undefined, { onSuccess: () => announce('Cancellation asked for.') })}
      >
        Yes, cancel it
      </button>
      <button type="button" className="button-quiet" onClick={() => setAsked(false)}>
        Keep the order
      </button>
      {error === null ? null : <p role="alert">{failureWords(error)}</p>}
    </div>
  );
};

const failureWords = (error: Error): string =>
  error instanceof ProblemError && error.details.code === 'illegal-transition'
    ? 'The order has already moved on and cannot be cancelled any more.'
    : 'The cancellation did not go through. The order is as it was; try again in a moment.';
