import { describe, expect, it } from 'vitest';
import { fewOpenFiles } from '#supervisor/open-files';

const limits = (soft: string) => `Limit                     Soft Limit           Hard Limit           Units
Max processes             96                   96                   processes
Max open files            ${soft.padEnd(20)} 524288               files
`;

describe('the open files of a process', () => {
  it('that are too few for a load are said at the start, with the remedy', () => {
    expect(fewOpenFiles(limits('256'))).toMatch(/may open 256 files here.*about 1024.*`ulimit -n 4096`/s);
  });

  it.each(['1024', '1048576', 'unlimited'])('are enough with %s', (soft) => {
    expect(fewOpenFiles(limits(soft))).toBeUndefined();
  });

  it('are not spoken of where nothing tells them', () => {
    expect(fewOpenFiles('')).toBeUndefined();
  });
});
