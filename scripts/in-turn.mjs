import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const lookEveryMs = 200;

/**
 * Does some work while no other process does: of two commands in two terminals one installs and builds, and the other finds
 * it done. What a killed one left behind holds nobody up.
 *
 * @param {string} lockFile
 * @param {() => void} work
 * @param {() => void} onWait told once, when somebody else is at it
 */
export const inTurn = (lockFile, work, onWait) => {
  for (let hasWaited = false; !isTaken(lockFile); hasWaited = true) {
    if (!hasWaited) onWait();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lookEveryMs);
  }
  // The work may end the process.
  const release = () => rmSync(lockFile, { force: true });
  process.once('exit', release);
  work();
  process.removeListener('exit', release);
  release();
};

const isTaken = (lockFile) => {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!isAlive(Number(readText(lockFile)))) rmSync(lockFile, { force: true });
  return false;
};

/** Empty while it is being written, or gone at this very moment: whoever holds it is taken to live. */
const readText = (file) => {
  try {
    return readFileSync(file, 'utf8') || String(process.pid);
  } catch {
    return String(process.pid);
  }
};

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};
