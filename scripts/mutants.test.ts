import { describe, expect, it } from 'vitest';
import { plantFault, readMutants } from './mutants.ts';

describe('the list of mutants', () => {
  it.each(readMutants().map((mutant) => [`${mutant.rule} ${mutant.breaks}`, mutant] as const))(
    'can still plant: %s',
    (_title, mutant) => {
      expect(plantFault(mutant)).toBeUndefined();
    },
  );

  it('knows when the text of a mutant has left its file', () => {
    const [first] = readMutants();
    if (first === undefined) throw new Error('There are no mutants.');
    expect(plantFault({ ...first, from: 'no file has this text' })).toContain('0 times');
  });
});
