import { describe, expect, it } from 'vitest';
import { assertEngine, EngineMismatch, fauxqs } from '#queue/fauxqs-internals';

describe('the pinned engine', () => {
  it('passes as installed', () => {
    expect(() => assertEngine('2.4.1', fauxqs)).not.toThrow();
  });

  it('is refused in another version', () => {
    expect(() => assertEngine('2.5.0', fauxqs)).toThrow(EngineMismatch);
  });

  it('is refused when a method that we stand on is missing', () => {
    class SqsQueue {}
    expect(() => assertEngine('2.4.1', { ...fauxqs, SqsQueue })).toThrow('SqsQueue.isFifo is missing');
  });
});
