import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Kills a process when this one is gone, however it went: a shell waits for the end of its stdin, which the kernel closes. What
 * does not notice by itself (an engine), and what cannot (a part that was stopped), does not outlive its parent so.
 */
export const guardAgainstOrphan = (pid: number, afterSeconds = 0): ChildProcess => {
  const guard = spawn('/bin/sh', ['-c', script, 'sh', `${pid}`, `${afterSeconds}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A Ctrl-C in the terminal goes to the whole group; the guard must outlive it to do its work.
    detached: true,
  });
  guard.unref();
  guard.on('error', (error) => console.error('A process runs without a guard:', error));
  return guard;
};

/** Process ids come round again: after the wait it must still be the process that began when this one did. */
const script = `begun() { sed 's/^.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }
at=$(begun "$1"); read -r _; sleep "$2"; [ -n "$at" ] && [ "$(begun "$1")" = "$at" ] && kill -9 "$1"`;
