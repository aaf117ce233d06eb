import { useEffect, useRef, useState } from 'react';
import { useCancelOrder } from '#features/order/api/use-cancel-order.ts';
import { isPassing, ProblemError } from '#lib/net/problem.ts';
import { useNow } from '#lib/orders/wait.ts';
import { spokenTime } from '#lib/text/format.ts';
import { useAnnounce } from '#ui/announcer.tsx';
import { handOnFocus } from '#ui/focus.ts';

type Props = {
  readonly id: string;
  readonly receipt: string;
  /** When it was asked for, while nobody knows what became of it. */
  readonly askedAt: string | undefined;
};

/** A cancellation that is not decided after this long may be asked for again: it stays one move. */
const askAgainAfterMs = 60_000;

/** Cancelling takes a second press. What became of it is told by the order itself, which takes this away. */
export const CancelOrder = (props: Props) => (
  <div ref={handOnFocus}>
    <Cancel {...props} />
  </div>
);

const Cancel = ({ id, receipt, askedAt }: Props) => {
  const [isOpen, setOpen] = useState(false);
  const announce = useAnnounce();
  const { mutate, isPending, error } = useCancelOrder(id, receipt);
  const start = useRef<HTMLButtonElement>(null);
  const waiting = useRef<HTMLParagraphElement>(null);
  const ask = (): void =>
    mutate(undefined, {
      onSuccess: () => {
        setOpen(false);
        announce('Cancellation asked for.');
        requestAnimationFrame(() => waiting.current?.focus());
      },
    });
  const keep = (): void => {
    setOpen(false);
    requestAnimationFrame(() => start.current?.focus());
  };
  if (askedAt !== undefined)
    return (
      <>
        <p ref={waiting} tabIndex={-1}>
          Cancellation asked for, <time dateTime={askedAt}>{spokenTime(askedAt)}</time>. This page shows what becomes of
          it.
        </p>
        <AskAgain askedAt={askedAt} isPending={isPending} onAsk={ask} />
        <Failure error={error} />
      </>
    );
  if (!isOpen)
    return (
      <button ref={start} type="button" className="button" onClick={() => setOpen(true)}>
        Cancel order
      </button>
    );
  return <Question isPending={isPending} error={error} onYes={ask} onNo={keep} />;
};

type QuestionProps = {
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly onYes: () => void;
  readonly onNo: () => void;
};

/** Takes the focus from the button that it replaces, and answers with the harmless choice first to a hasty key. */
const Question = ({ isPending, error, onYes, onNo }: QuestionProps) => {
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  return (
    <div className="confirm">
      <span>Cancel the whole order?</span>
      <button type="button" className="button" aria-disabled={isPending} onClick={isPending ? undefined : onYes}>
        Yes, cancel it
      </button>
      <button ref={no} type="button" className="button-quiet" onClick={onNo}>
        Keep the order
      </button>
      <Failure error={error} />
    </div>
  );
};

type AgainProps = { readonly askedAt: string; readonly isPending: boolean; readonly onAsk: () => void };

const AskAgain = ({ askedAt, isPending, onAsk }: AgainProps) => {
  const nowMs = useNow(true);
  return nowMs - Date.parse(askedAt) < askAgainAfterMs ? null : (
    <button type="button" className="button" aria-disabled={isPending} onClick={isPending ? undefined : onAsk}>
      Ask again
    </button>
  );
};

const Failure = ({ error }: { readonly error: Error | null }) =>
  error === null ? null : <p role="alert">{failureWords(error)}</p>;

/** Without a clear no, the wish may have arrived all the same (A5). */
const failureWords = (error: Error): string => {
  if (error instanceof ProblemError && error.details.code === 'illegal-transition')
    return 'The order has already moved on and cannot be cancelled any more.';
  return isPassing(error)
    ? 'The shop did not confirm the cancellation. Try again in a moment: asking twice cancels once.'
    : 'The cancellation did not go through. The order is as it was.';
};
