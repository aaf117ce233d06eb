import { describe, expect, it } from 'vitest';
import { readCommand } from '#command-line';

describe('the command line of the load test', () => {
  it('reads a journey, a profile and flags in either form', () => {
    expect(readCommand(['checkout-rush', 'overload-5x', '--seed', '7', '--out=runs/a', '--json'])).toEqual({
      does: 'run',
      journey: 'checkout-rush',
      profile: 'overload-5x',
      seed: 7,
      capacity: undefined,
      burst: 0,
      out: 'runs/a',
      json: true,
    });
  });

  it('reads another capacity and burst than the profile has', () => {
    const command = readCommand(['checkout-rush', 'overload-5x', '--capacity', '50', '--burst=300']);
    expect(command).toMatchObject({ capacity: 50, burst: 300 });
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
    [['browse', 'smoke', '--capacity', '0'], '--capacity 0'],
    [['browse', 'smoke', '--burst', '301'], '--burst 301'],
    [['browse', 'smoke', '--out', '--json'], '--out'],
    [['browse', 'smoke', '--fast'], '--fast'],
    [['audit'], 'folder'],
  ])('refuses %j and names the fault', (args, named) => {
    expect(() => readCommand(args)).toThrow(named);
  });
});
