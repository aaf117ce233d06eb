/** What `npm start` is to the supervisor: it starts it with everything inherited, so that no pipe of it breaks. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('./supervisor-main.ts', import.meta.url));
spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'good'], { stdio: 'inherit' });
// Whatever a test finds wrong, nothing of it stays behind for long.
setTimeout(() => process.exit(3), 20_000);
