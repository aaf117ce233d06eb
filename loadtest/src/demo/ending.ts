import { faults, isCorrect } from '#audit/audit';
import type { Result } from '#result';
import { boundOf, faultWords } from '#verdict';

/** The last words of the demo: what was promised, what is stored, what is wrong. */
export const endingOf = ({ counts, findings, figures, invalidBecause }: Result, report: string): string => {
  const wrong = faults.filter((fault) => counts[fault] > 0);
  const accepted = figures['orders accepted'] ?? counts.accepted;
  return [
    '',
    wrong.length === 0
      ? `Zero lost. ${accepted} orders were accepted: ${counts.placed} are placed, ${counts.rejected} were refused for a reason, ${counts.held} are held for staff.`
      : `Wrong: ${wrong.map((fault) => `${counts[fault]} ${faultWords[fault]}`).join(', ')} of ${accepted} accepted orders.`,
    ...(wrong.length === 0
      ? [`None doubled, none oversold, no unit of stock stranded${boundOf(accepted)}.`]
      : wrong.flatMap((fault) => findings[fault].slice(0, 3).map(({ says }) => `  ${says}`))),
    // A slow or busy machine spoils the times, never the count.
    ...invalidBecause.map((reason) => `(The times of this run do not count: ${reason}. What was lost or not does.)`),
    '',
    `The whole run with its charts: ${report}`,
    '',
  ].join('\n');
};

/** 0 when nothing is wrong, else the exit code of the contract. */
export const demoExitCode = ({ counts }: Result): number => (isCorrect(counts) ? 0 : 20);
