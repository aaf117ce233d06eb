import { Alert, AlertTitle, Link } from '@mui/material';
import { useEffect, useRef } from 'react';
import { useFormContext, useFormState } from 'react-hook-form';
import { listFaults } from '#forms/form-faults.ts';

type FaultSummaryProps = {
  /** What people call a field; the words of a fault stand alone where it has no name. */
  readonly labelOf: (path: string) => string | undefined;
};

/** Everything that keeps a form from being saved, beside Save. Each fault leads to its field; the first takes the focus. */
export const FaultSummary = ({ labelOf }: FaultSummaryProps) => {
  const { errors, submitCount, isSubmitting } = useFormState();
  const { setFocus } = useFormContext();
  const summary = useRef<HTMLDivElement>(null);
  const faults = listFaults(errors);
  const first = faults.find(({ path }) => labelOf(path) !== undefined)?.path;
  const count = faults.length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each save that was refused, not for each letter typed after it.
  useEffect(() => {
    if (submitCount === 0 || isSubmitting || count === 0) return;
    if (first === undefined) summary.current?.focus();
    else setFocus(first);
  }, [submitCount, isSubmitting]);

  if (count === 0) return null;
  return (
    <Alert severity="error" ref={summary} tabIndex={-1} sx={{ width: '100%', mt: 1 }}>
      <AlertTitle>Nothing was saved</AlertTitle>
      {faults.map(({ path, text }) => {
        const label = labelOf(path);
        return (
          <div key={path}>
            {label === undefined ? (
              text
            ) : (
              <>
                <Link component="button" type="button" color="inherit" onClick={() => setFocus(path)}>
                  {label}
                </Link>
                : {text}
              </>
            )}
          </div>
        );
      })}
    </Alert>
  );
};
