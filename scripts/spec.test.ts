import { describe, expect, it } from 'vitest';
import { compare, readCitations, readRules } from './spec.ts';

const page = '- **A1** Validate.\n- **B1** *(planned)* Leases.\n- **D3** *(planned in part: packing)* Plan.\n';

describe('rule = test', () => {
  it('reads rules and which are planned', () => {
    expect(readRules(page)).toEqual([
      { id: 'A1', planned: false },
      { id: 'B1', planned: true },
      { id: 'D3', planned: false },
    ]);
  });

  it('passes when every rule that is not planned is cited', () => {
    expect(compare(readRules(page), readCitations('x.test.ts', "it('[A1] validates'); it('[D3] plans')"))).toEqual([]);
  });

  it('fails on a rule without a test and on a test of no rule', () => {
    expect(compare(readRules(page), readCitations('x.test.ts', "it('[A1] validates'); it('[A9] dreams')"))).toEqual([
      'No test cites rule D3.',
      'x.test.ts cites A9, which no page of docs/spec has.',
    ]);
  });
});
