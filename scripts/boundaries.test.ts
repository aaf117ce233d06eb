import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { findViolations } from './boundaries.ts';

let planted = '';
afterEach(() => planted !== '' && rmSync(planted, { recursive: true, force: true }));

const plant = (file: string, text: string): readonly string[] => {
  planted = mkdtempSync(join(tmpdir(), 'boundaries-'));
  mkdirSync(dirname(join(planted, file)), { recursive: true });
  writeFileSync(join(planted, file), text);
  return findViolations(planted).map((violation) => violation.rule);
};

describe('boundaries', () => {
  it('hold in this repository', () => {
    expect(findViolations(fileURLToPath(new URL('../', import.meta.url)))).toEqual([]);
  });

  it.each([
    ['an app that imports platform', 'storefront/src/app/main.ts', "import { x } from '@penstock/platform/clients';"],
    ['a domain that imports node', 'domain/src/x.ts', "import { readFileSync } from 'node:fs';"],
    ['an SDK outside platform', 'workers/src/flows/x.ts', "import { SQSClient } from '@aws-sdk/client-sqs';"],
    ['a core that does IO', 'api/src/core/x.ts', "import { readFileSync } from 'node:fs';"],
    [
      'a feature that imports another',
      'storefront/src/features/basket/x.ts',
      "import { x } from '#features/order/api';",
    ],
    ['a library that imports the app', 'storefront/src/lib/x.ts', "import { x } from '../app/router.tsx';"],
    ['a workspace without a row', 'warehouse/src/x.ts', ''],
    [
      'a handler that reaches into another workspace by path',
      'api/src/flows/x.ts',
      "import { x } from '../../../workers/src/core/x.ts';",
    ],
  ])('catch %s', (_what, file, text) => {
    expect(plant(file, text)).toHaveLength(1);
  });

  it('let the allowed pass', () => {
    expect(
      plant('workers/src/flows/x.ts', "import { x } from '@penstock/platform/logger';\nimport { y } from '#core/y';"),
    ).toEqual([]);
  });
});
