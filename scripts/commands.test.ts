import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
type Command = {
  readonly run: readonly string[];
  readonly does: string;
  readonly usage: string;
  readonly flags: readonly (readonly string[])[];
  readonly example: string;
};
const commands = JSON.parse(readFileSync(`${root}scripts/commands.json`, 'utf8')) as Record<string, Command>;
const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> };
const run = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/run.mjs', ...args], { cwd: root, encoding: 'utf8' });

describe('the commands of the repository', () => {
  it('are npm scripts, each of them, and every script that runs this way is one', () => {
    const through = Object.entries(scripts).flatMap(([name, script]) =>
      script === `node scripts/run.mjs ${name}` ? [name] : [],
    );
    expect(through.sort()).toEqual(Object.keys(commands).sort());
  });

  it.each(Object.entries(commands))(
    '%s has a file, a meaning, flags with theirs and what holds without, and an example',
    (name, command) => {
      expect(existsSync(`${root}${command.run[0]}`)).toBe(true);
      expect(command.does).toMatch(/^[A-Z].*\.$/);
      for (const flag of command.flags) expect(flag.filter((text) => text.length > 0)).toHaveLength(3);
      expect(command.example).toMatch(new RegExp(`^npm (run )?${name}( -- | --silent -- |$)`));
    },
  );

  it('say what they do with --help and -h, on whatever Node, and do nothing', () => {
    for (const flag of ['--help', '-h']) {
      const { status, stdout } = run('start', flag);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^Boots the whole shop.*Usage: npm start -- \[flags\].*--capacity.*Example: /s);
    }
    expect(run('deploy', 'dev', '--help').stdout).toContain('--dry-run');
    for (const args of [[], ['help'], ['--help']]) {
      const { status, stdout } = run(...args);
      expect(status).toBe(0);
      for (const name of Object.keys(commands)) expect(stdout).toContain(` ${name} `);
    }
    expect(run('constructor').status).toBe(2);
  });

  it('name every flag that start takes', () => {
    const flags = readFileSync(`${root}local/src/supervisor/flags.ts`, 'utf8');
    const known = [...flags.matchAll(/^const (?:switches|values) = \[(.*)\] as const;$/gm)].flatMap(([, list = '']) =>
      [...list.matchAll(/'([\w-]+)'/g)].map(([, flag]) => `--${flag}`),
    );
    expect(known.length).toBeGreaterThan(10);
    for (const name of ['start', 'dev'])
      expect(commands[name]?.flags.map(([flag = '']) => flag.split(' ')[0]).sort()).toEqual([...known].sort());
  });
});
