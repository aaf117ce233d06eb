import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type Child, startChild } from '#supervisor/child';
import { startOf } from '#supervisor/data-folder';
import { endScripts, eventually, runScript, untilGone } from '#supervisor/testing/processes';

const partMain = new URL('./testing/part-main.ts', import.meta.url);
const supervisorMain = new URL('./testing/supervisor-main.ts', import.meta.url);

const children: Child[] = [];
afterEach(async () => {
  endScripts();
  await Promise.all(children.splice(0).map((child) => child.stop()));
});

const start = async (manner: string) => {
  const lines: string[] = [];
  let changes = 0;
  const child = await startChild({
    name: 'part',
    main: fileURLToPath(partMain),
    config: () => ({ manner }),
    log: (line) => lines.push(line),
    onChange: () => {
      changes += 1;
    },
  });
  children.push(child);
  return { child, lines, changes: () => changes };
};

describe('a child of the supervisor', () => {
  it('is up when it listens, and says nothing of that in the log', async () => {
    const { child, lines, changes } = await start('good');
    expect(child.state()).toBe('up');
    expect(startOf(child.pid())).not.toBe('');
    expect(changes()).toBe(1);
    expect(lines.filter((line) => line.includes('listening'))).toEqual([]);
  });

  it('speaks into the log: its lines as they are, its complaints as errors in its name', async () => {
    const { lines } = await start('says-something');
    expect(lines).toContain('{"event":"hello"}');
    const complaint = await eventually(() => lines.find((line) => line.includes('a complaint')));
    expect(JSON.parse(complaint)).toMatchObject({ level: 'error', function: 'part', event: 'part-says' });
  });

  it('comes back by itself after a kill, with another process id, and tells of both', async () => {
    const { child, changes } = await start('good');
    const before = child.pid();
    child.kill('SIGKILL');
    await eventually(() => (child.state() === 'up' && child.pid() !== before ? true : undefined));
    expect(changes()).toBe(3);
    expect(startOf(before)).toBe('');
  });

  it('stays away once it was stopped', async () => {
    const { child } = await start('good');
    const pid = child.pid();
    await child.stop();
    expect([startOf(pid), child.state()]).toEqual(['', 'down']);
    await child.stop();
    expect(child.pid()).toBe(pid);
  });

  it('gives its last words when it does not come up', async () => {
    await expect(start('dies-at-start')).rejects.toThrow(/part ended \(exit 1\).*The port is taken\./s);
  });

  it('says what is not right with its configuration', async () => {
    await expect(start('unheard-of')).rejects.toThrow(/exit 2.*The configuration is not right/s);
  });
});

describe('when the supervisor is gone', () => {
  it.each(['good', 'never-listens', 'never-closes'])('a part that is %s ends', { timeout: 15_000 }, async (manner) => {
    const supervisor = runScript(supervisorMain, manner);
    const { pid } = await supervisor.until('born');
    if (manner !== 'never-listens') await supervisor.until('changed');
    supervisor.child.kill('SIGKILL');
    expect(await untilGone(Number(pid))).toBe(true);
  });
});
