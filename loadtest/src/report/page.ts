import type { Receipt } from '#receipts';
import type { RunRecord, Sample } from '#record';
import type { Result } from '#result';

export const reportPage = (result: Result, _r: RunRecord, _x: readonly Receipt[], _s: readonly Sample[]): string =>
  `<pre>${JSON.stringify(result)}</pre>`;
