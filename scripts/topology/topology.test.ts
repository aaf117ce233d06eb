import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { topology } from '../../topology.ts';
import { fifoQueue, standardQueue, withDeadLetters } from './builders.ts';

describe('topology.json', () => {
  it('is what topology.ts says; `npm run topology` writes it', () => {
    const written: unknown = JSON.parse(readFileSync(new URL('../../topology.json', import.meta.url), 'utf8'));
    expect(written).toEqual(JSON.parse(JSON.stringify(topology)));
  });
});

describe('a queue with its dead-letter queue', () => {
  it('has one of its own kind, which keeps messages as long', () => {
    expect(withDeadLetters({ a: standardQueue(60), b: fifoQueue(30) })).toEqual({
      a: { ...standardQueue(60), deadLetter: { queue: 'a-dead', maxReceiveCount: 1000 } },
      b: { ...fifoQueue(30), deadLetter: { queue: 'b-dead', maxReceiveCount: 1000 } },
      'a-dead': standardQueue(60),
      'b-dead': fifoQueue(30),
    });
  });
});
