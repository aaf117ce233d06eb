import { useSyncExternalStore } from 'react';

export type Progress = { readonly done: number; readonly total: number };

let current: Progress | undefined;
const listeners = new Set<() => void>();

/** Says how many pictures of a save are sent; undefined when none is on its way. */
export const reportProgress = (progress: Progress | undefined): void => {
  current = progress;
  for (const listener of listeners) listener();
};

/** The pictures that a save is sending now. The save runs in the data provider, outside of any component. */
export const useUploadProgress = (): Progress | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
