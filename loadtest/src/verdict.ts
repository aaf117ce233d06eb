import { type Fault, faults } from '#audit/audit';
import type { Result, Verdict } from '#result';

export const sentences: Readonly<Record<Verdict, string>> = {
  reached: 'Reached: nothing lost, nothing doubled, every bar reached.',
  missed: 'Missed: correct, but a bar was not reached.',
  incorrect: 'Incorrect: what was accepted is not what is stored.',
  inconclusive: 'Inconclusive: correct, but the run does not count.',
};
export const faultWords: Readonly<Record<Fault, string>> = {
  lost: 'lost',
  doubled: 'doubled',
  oversold: 'oversold',
  stale: 'stale',
  wronglyRefused: 'wrongly refused',
  stranded: 'stranded',
};

/** Zero of N is no proof of never: with 95 % confidence the true share lies below 3/N (rule of three). */
export const boundOf = (accepted: number): string =>
  accepted === 0 ? '' : `, so that less than ${(3 / accepted).toExponential(1)} are, with 95 % confidence`;

/** The verdict, as people read it in the terminal. */
export const verdictText = ({
  journey,
  profile,
  seed,
  verdict,
  counts,
  bars,
  invalidBecause,
  findings,
}: Result): string =>
  [
    '',
    sentences[verdict],
    `  ${journey} ${profile}, seed ${seed}`,
    `  ${counts.accepted} accepted: ${counts.placed} orders placed, ${counts.rejected} refused, ${counts.held} held`,
    `  ${faults.map((fault) => `${counts[fault]} ${faultWords[fault]}`).join(', ')}${counts.lost === 0 ? boundOf(counts.accepted) : ''}`,
    ...bars.map(
      ({ name, value, bar, reached }) => `  ${reached ? 'reached' : 'MISSED '}  ${name}: ${value} (bar ${bar})`,
    ),
    ...invalidBecause.map((reason) => `  does not count: ${reason}`),
    ...faults.flatMap((fault) => findings[fault].slice(0, 5).map(({ says }) => `  ${faultWords[fault]}: ${says}`)),
  ].join('\n');
