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
      writePath: 'penstock',
      once: false,
      target: undefined,
      confirm: undefined,
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

  it('reads the write path of a run', () => {
    expect(readCommand(['checkout-rush', 'smoke', '--write-path', 'direct'])).toMatchObject({ writePath: 'direct' });
  });

  it('reads the repetition of a run', () => {
    expect(readCommand(['--like', 'runs/a', '--out', 'runs/b'])).toEqual({
      does: 'repeat',
      folder: 'runs/a',
      once: false,
      out: 'runs/b',
      json: false,
    });
  });

  it('reads a comparison of the write paths, and one of two results', () => {
    expect(readCommand(['compare', '--seeds', '2', '--minutes=5', '--short'])).toEqual({
      does: 'compare',
      journey: 'checkout-rush',
      seed: undefined,
      seeds: 2,
      minutes: 5,
      short: true,
      out: undefined,
      json: false,
    });
    expect(readCommand(['compare', 'basket-storm'])).toMatchObject({ journey: 'basket-storm', seeds: 3, minutes: 25 });
    expect(readCommand(['compare', 'runs/a', 'runs/b'])).toEqual({
      does: 'set beside',
      folders: ['runs/a', 'runs/b'],
      json: false,
    });
  });

  it.each([
    [['compare', 'browse'], 'compare takes one of'],
    [['compare', '--minutes', '26'], '--minutes 26'],
    [['compare', '--capacity', '5'], '--capacity says nothing to a comparison'],
    [['--like', 'runs/a', '--seed', '3'], '--seed says nothing to a repetition'],
    [['browse', 'smoke', '--write-path', 'fast'], '--write-path fast'],
    [['browse', 'smoke', '--confirm', 'shop.example.com'], '--confirm confirms'],
    [['browse', 'smoke', '--target', 'https://a/api', '--write-path', 'direct'], '--write-path'],
    [['browse', 'smoke', '--seeds', '2'], '--seeds says nothing to a run'],
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
