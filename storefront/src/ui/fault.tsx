import { correlationIdOf, ProblemError } from '#lib/net/problem.ts';
import { Notice } from '#ui/notice.tsx';
import { State } from '#ui/state.tsx';

type Props = { readonly what: string; readonly error: unknown; readonly onRetry: () => void };

/** Something could not be loaded: what, why, a way to try again, and the id to quote. */
export const Fault = ({ what, error, onRetry }: Props) => {
  const id = correlationIdOf(error);
  const why = error instanceof ProblemError ? error.details.detail : 'The shop could not be reached.';
  const notice = (
    <Notice tone="signal">
      <p role="alert">
        {what} could not be loaded. {why}
      </p>
      <p>
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      </p>
      {id === undefined ? null : (
        <p className="small">
          If it stays, quote <code>{id}</code>.
        </p>
      )}
    </Notice>
  );
  return error instanceof ProblemError ? notice : <State drawing="offline">{notice}</State>;
};
