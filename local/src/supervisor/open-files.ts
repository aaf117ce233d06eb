/** What a part holds under load: 100 to 250 of its own, and a socket for each call and each page (measured). */
const neededUnderLoad = 1024;

/** What to say of the open files that a process may have, from /proc/self/limits; undefined when they are enough. */
export const fewOpenFiles = (limits: string): string | undefined => {
  const most = /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  if (most === undefined || most === 'unlimited' || Number(most) >= neededUnderLoad) return undefined;
  return (
    `A process may open ${most} files here; under load a part of the cloud needs about ${neededUnderLoad}, and refuses calls without them. ` +
    'Run `ulimit -n 4096` before the start.'
  );
};
