import { describe, expect, it } from 'vitest';
import { compare, readCitations, readRules } from './spec.ts';

const page = '- **A1** Validate.\n- **B1** *(planned)* Leases.\n- **D3** *(planned in part: packing)* Plan.\n';

const mutants = [{ rule: 'A1' }, { rule: 'D3' }];

describe('rule = test = mutant', () => {
  it('reads rules and which are planned', () => {
    expect(readRules(page)).toEqual([
      { id: 'A1', planned: false },
      { id: 'B1', planned: true },
      { id: 'D3', planned: false },
    ]);
  });

  it('passes when every rule that is not planned is cited', () => {
    const citations = readCitations('x.test.ts', "it('[A1] validates'); it('[D3] plans')");
    expect(compare(readRules(page), citations, mutants)).toEqual([]);
  });

  it('fails on a rule without a test and on a test of no rule', () => {
    const citations = readCitations('x.test.ts', "it('[A1] validates'); it('[A9] dreams')");
    expect(compare(readRules(page), citations, mutants)).toEqual([
      'No test cites rule D3.',
      'x.test.ts cites A9, which no page of docs/spec has.',
    ]);
  });

  it('fails on a rule that no mutant breaks and on a mutant of no rule', () => {
    const citations = readCitations('x.test.ts', "it('[A1] validates'); it('[D3] plans')");
    expect(compare(readRules(page), citations, [{ rule: 'A1' }, { rule: 'Z1' }])).toEqual([
      'No mutant breaks rule D3.',
      'A mutant breaks Z1, which no page of docs/spec has.',
    ]);
  });
});
