import { describe, expect, it } from 'vitest';
import { errorFields, type LogFields, makeLogger } from '#logger';

const record = (level: 'debug' | 'info' = 'info') => {
  const lines: string[] = [];
  const logger = makeLogger({ functionName: 'place-orders', level, now: () => 0, write: (line) => lines.push(line) });
  return { lines, logger };
};

describe('the logger', () => {
  it('writes one JSON object a line with time, level, function and event', () => {
    const { lines, logger } = record();
    logger.info('order-placed', { orderId: 'o1', wcu: 6 });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        time: '1970-01-01T00:00:00.000Z',
        level: 'info',
        function: 'place-orders',
        event: 'order-placed',
        orderId: 'o1',
        wcu: 6,
      },
    ]);
  });

  it('[H6] drops every field that is not allow-listed, so that a spread object leaks nothing', () => {
    const { lines, logger } = record();
    logger.warn('refused', {
      ...{ name: 'Ada Lovelace', address: { line1: '1 Weir Lane' } },
      orderId: 'o1',
    } as LogFields);
    expect(lines.join()).not.toMatch(/Ada|Weir/);
    expect(lines.join()).toContain('o1');
  });

  it('keeps debug lines out unless asked for', () => {
    const { lines, logger } = record();
    logger.debug('noise');
    expect(lines).toEqual([]);
  });

  it('cuts errors to name, message and stack', () => {
    expect(errorFields(new TypeError('bad'))).toMatchObject({ errorName: 'TypeError', errorMessage: 'bad' });
  });
});
