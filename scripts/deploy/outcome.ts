/** What a deployment that stopped half-way means for whoever ran it. Pure. */
import type { Wish } from './flags.ts';
import type { Outcome } from './run-steps.ts';

type Failure = Extract<Outcome, { ok: false }>;

/** Exit codes of docs/operations.md. */
export const exitCodes: Readonly<Record<Failure['kind'], number>> = {
  fault: 1,
  'plan-forbidden': 7,
  'smoke-failed': 8,
  'plan-refused': 9,
};

/** The sentence after a failure: what stands now, and what to do. */
export const adviceOf = (
  { command, environment }: Pick<Wish, 'command' | 'environment'>,
  { changed, kind }: Pick<Failure, 'changed' | 'kind'>,
): string => {
  if (kind === 'plan-refused' && command === 'deploy')
    return `Nothing of ${environment} was changed. Make the plan anew: npm run deploy -- ${environment} --plan-out DIR`;
  if (command === 'smoke')
    return `Nothing of ${environment} was changed; what is out there does not answer as it must.`;
  if (!changed) return `Nothing of ${environment} was changed.`;
  if (command === 'rollback') return `Part of ${environment} is rolled back. Run it again: every step may be repeated.`;
  return kind === 'smoke-failed'
    ? `The release is out and does not work. Take it back with: npm run rollback -- ${environment}`
    : `Part of the release is out. Run the command again, or take it back with: npm run rollback -- ${environment}`;
};
