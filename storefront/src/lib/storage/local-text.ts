/**
 * localStorage as texts under our prefix. A browser may refuse it (private mode, full disk): then a read is empty and a
 * write is false, and what was to be kept lives as long as the page.
 */
const prefix = 'penstock.';

export const readText = (key: string): string | undefined => {
  try {
    return localStorage.getItem(prefix + key) ?? undefined;
  } catch {
    return undefined;
  }
};

export const writeText = (key: string, value: string | undefined): boolean => {
  try {
    if (value === undefined) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, value);
    return true;
  } catch {
    return false;
  }
};

/** The keys (without prefix) that begin with a text. */
export const listKeys = (start: string): readonly string[] => {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix + start))
      .map((key) => key.slice(prefix.length));
  } catch {
    return [];
  }
};
