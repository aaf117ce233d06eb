import { describe, expect, it } from 'vitest';
import { readCommand } from '#command-line';

describe('the command line of the load test', () => {
  it('reads a journey, a profile and flags in either form', () => {
    expect(readCommand(['checkout-rush', 'overload-5x', '--seed', '7', '--out=runs/a', '--json'])).toEqual({
      does: 'run',
      journey: 'checkout-rush',
      profile: 'overload-5x',
      seed: 7,
      out: 'runs/a',
      json: true,
    });
  });

  it('reads an audit of a folder', () => {
    expect(readCommand(['audit', 'runs/a'])).toEqual({ does: 'audit', folder: 'runs/a', json: false });
  });

  it.each([
    [['stroll', 'smoke'], 'stroll'],
    [['browse', 'overload-7x'], 'overload-7x'],
    [['browse'], 'profile'],
    [['browse', 'smoke', 'twice'], 'twice'],
    [['browse', 'smoke', '--seed', 'x'], '--seed x'],
    [['browse', 'smoke', '--seed'], '--seed'],
    [['browse', 'smoke', '--out', '--json'], '--out'],
    [['browse', 'smoke', '--fast'], '--fast'],
    [['audit'], 'folder'],
  ])('refuses %j and names the fault', (args, named) => {
    expect(() => readCommand(args)).toThrow(named);
  });
});
