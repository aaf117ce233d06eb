import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { startOf } from '#supervisor/data-folder';
import { endLeftoverParts, partEnvironment } from '#supervisor/leftovers';
import { untilGone } from '#supervisor/testing/processes';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

const startPart = async (dataDir: string): Promise<number> => {
  const child = spawn('sleep', ['20'], { env: partEnvironment(dataDir), stdio: 'ignore' });
  started.push(child);
  await new Promise((resolve) => child.once('spawn', resolve));
  return child.pid ?? 0;
};

describe('what a cloud that was killed left behind', () => {
  it('is ended by the next one on its data folder, stopped or not; parts of another folder live on', async () => {
    const [left, stopped, other] = await Promise.all(['/data/a', '/data/a', '/data/ab'].map(startPart));
    process.kill(stopped ?? 0, 'SIGSTOP');
    expect([...(await endLeftoverParts('/data/a'))].sort()).toEqual([left, stopped].sort());
    expect(startOf(left ?? 0)).toBe('');
    expect(startOf(stopped ?? 0)).toBe('');
    expect(startOf(other ?? 0)).not.toBe('');
  });
});

describe('a process with a guard', () => {
  it('does not outlive whoever started it, even when it was stopped', async () => {
    const guard = new URL('./orphan-guard.ts', import.meta.url).href;
    const script = `
      const { spawn } = await import('node:child_process');
      const { guardAgainstOrphan } = await import(${JSON.stringify(guard)});
      const child = spawn('sleep', ['20'], { stdio: 'ignore' });
      guardAgainstOrphan(child.pid, 0.2);
      child.kill('SIGSTOP');
      setTimeout(() => console.log(child.pid), 300);
      setTimeout(() => {}, 20000);`;
    const parent = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    started.push(parent);
    const pid = await new Promise<number>((resolve) => parent.stdout?.once('data', (text) => resolve(Number(text))));
    expect(startOf(pid)).not.toBe('');
    parent.kill('SIGKILL');
    expect(await untilGone(pid)).toBe(true);
  });
});
