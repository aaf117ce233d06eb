import { useEffect, useState } from 'react';

/** True once `isWanted` has held for a while: what loads at once shows no skeleton. */
export const useDelayed = (isWanted: boolean, delayMs = 150): boolean => {
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    if (!isWanted) {
      setDue(false);
      return undefined;
    }
    const timer = setTimeout(() => setDue(true), delayMs);
    return () => clearTimeout(timer);
  }, [isWanted, delayMs]);
  return isWanted && isDue;
};
