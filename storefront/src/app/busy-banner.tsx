import type { AcceptedOrder } from '@penstock/domain/order';
import { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { useServices } from '#lib/services.ts';
import { counted } from '#lib/text/format.ts';
import { Gauge } from '#ui/gauge.tsx';

/** A shorter wait is over before anybody has read of it. */
const tellFromMs = 10_000;

/** Says how long this browser's orders still wait to be placed, with the backlog as a gauge that runs dry. */
export const BusyBanner = ({ orders }: { readonly orders: readonly AcceptedOrder[] }) => {
  const { clock } = useServices();
  const { pathname } = useLocation();
  const [nowMs, setNow] = useState(() => clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), 1000);
    return () => clearInterval(timer);
  }, [clock]);
  const waits = orders
    .filter(({ id, estimatedWaitMs = 0 }) => estimatedWaitMs >= tellFromMs && pathname !== `/orders/${id}`)
    .map(({ acceptedAt, estimatedWaitMs = 0 }) => ({
      leftMs: Math.max(0, Date.parse(acceptedAt) + estimatedWaitMs - nowMs),
      estimatedWaitMs,
    }));
  const longest = waits.reduce<(typeof waits)[number] | undefined>(
    (most, each) => (most === undefined || each.leftMs > most.leftMs ? each : most),
    undefined,
  );
  if (longest === undefined) return null;
  return (
    <p className="banner banner-busy">
      <Gauge level={longest.leftMs / longest.estimatedWaitMs} />
      <span>
        Busy. {counted(waits.length, 'order')} saved, waiting to be placed, {leftWords(longest.leftMs)}. You can close
        this page.
      </span>
    </p>
  );
};

const leftWords = (leftMs: number): string => {
  const seconds = Math.ceil(leftMs / 5000) * 5;
  if (seconds === 0) return 'any moment now';
  return seconds < 120 ? `about ${seconds} s` : `about ${Math.round(seconds / 60)} min`;
};
