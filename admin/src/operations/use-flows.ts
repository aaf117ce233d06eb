import type { Operations } from '@penstock/domain/operations';
import { useEffect, useState } from 'react';
import { type Flow, flowOf, withFlow } from '#operations/flow.ts';

/** The readings since the page was opened, two minutes of them at most. */
export const useFlows = (meters: Operations | undefined): readonly Flow[] => {
  const [flows, setFlows] = useState<readonly Flow[]>([]);
  useEffect(() => {
    if (meters !== undefined) setFlows((known) => withFlow(known, flowOf(meters)));
  }, [meters]);
  return flows;
};
