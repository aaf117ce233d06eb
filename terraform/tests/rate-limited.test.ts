import { readFileSync } from 'node:fs';
import { problemKind, problemSchema } from '@penstock/domain/problems';
import { expect, it } from 'vitest';

it('[B4] the firewall refuses an address with the problem that the contract names, and says when to come back', () => {
  const body: unknown = JSON.parse(readFileSync(new URL('../modules/waf/rate-limited.json', import.meta.url), 'utf8'));
  const { status, title, meaning: detail } = problemKind('rate-limited');
  expect(problemSchema.parse(body)).toMatchObject({
    code: 'rate-limited',
    status,
    title,
    detail,
    retryAfterSeconds: 60,
  });
});
