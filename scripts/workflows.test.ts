import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

type Workflow = {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly 'timeout-minutes'?: number; readonly steps: readonly { readonly uses?: string }[] }>
  >;
};

const folder = fileURLToPath(new URL('../.github/workflows/', import.meta.url));

/** What is wrong with a workflow: each job is bounded, may only read, and uses actions by their commit. */
const faultsOf = ({ permissions, jobs }: Workflow): readonly string[] => [
  ...(permissions?.contents === 'read' && Object.keys(permissions).length === 1 ? [] : ['permissions']),
  ...Object.entries(jobs).flatMap(([name, job]) => [
    ...(job['timeout-minutes'] === undefined ? [`${name}: no time-out`] : []),
    ...job.steps
      .flatMap(({ uses }) => uses ?? [])
      .filter((uses) => !/@[0-9a-f]{40}$/.test(uses))
      .map((uses) => `${name}: ${uses} is not pinned`),
  ]),
];

describe('the workflows', () => {
  it.each(readdirSync(folder))('%s is bounded, pinned, and may only read', (file) => {
    expect(faultsOf(parse(readFileSync(folder + file, 'utf8')) as Workflow)).toEqual([]);
  });

  it('are caught when they are not', () => {
    expect(faultsOf({ jobs: { all: { steps: [{ uses: 'actions/checkout@v4' }] } } })).toEqual([
      'permissions',
      'all: no time-out',
      'all: actions/checkout@v4 is not pinned',
    ]);
  });
});
