import { afterEach, describe, expect, it } from 'vitest';
import { endScripts, runScript, untilGone } from '#supervisor/testing/processes';

const launcherMain = new URL('./testing/launcher-main.ts', import.meta.url);

afterEach(endScripts);

describe('when whoever started the supervisor is gone', () => {
  it('the supervisor and its part end, although their pipes and terminals are inherited', {
    timeout: 15_000,
  }, async () => {
    const launcher = runScript(launcherMain);
    const [{ pid }, { supervisor }] = [await launcher.until('born'), await launcher.until('changed')];
    launcher.child.kill('SIGKILL');
    expect(await untilGone(Number(supervisor), 3000)).toBe(true);
    expect(await untilGone(Number(pid), 3000)).toBe(true);
  });
});
