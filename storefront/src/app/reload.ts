/** A page that reloaded itself does not do it again within this time: what is broken for good is said, not looped. */
const onceWithinMs = 60_000;
const key = 'reloaded-at';

/** Whether the shop answers, so that a reload does not end on the browser's own error page. */
export const isReachable = async (): Promise<boolean> => {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    // No answer is the answer: offline.
    return false;
  }
};

/** Reloads the page, unless it did so by itself a moment ago or the browser cannot remember that it did. */
export const reloadByItself = (nowMs = Date.now()): boolean => {
  try {
    if (nowMs - Number(sessionStorage.getItem(key) ?? 0) < onceWithinMs) return false;
    sessionStorage.setItem(key, String(nowMs));
  } catch {
    return false;
  }
  location.reload();
  return true;
};
