import { useSyncExternalStore } from 'react';

/** Whether this device believes to have a connection. */
export const useOnline = (): boolean => useSyncExternalStore(onOnlineChange, () => navigator.onLine);

const onOnlineChange = (listener: () => void): (() => void) => {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
};
