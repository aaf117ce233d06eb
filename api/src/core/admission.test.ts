import type { WaitReading } from '@penstock/platform/wait-estimate';
import { describe, expect, it } from 'vitest';
import { makeAdmission } from '#core/admission';

const known = (waitMs: number): WaitReading => ({ kind: 'known', waitMs });

describe('admission', () => {
  it('[B3] admits below the bound and refuses at it, with the time until it takes writes again', () => {
    const admit = makeAdmission(60_000);
    expect(admit(known(59_999))).toEqual({ admit: true });
    expect(admit(known(60_000))).toEqual({ admit: false, retryAfterSeconds: 12 });
  });

  it('[B3] goes on refusing until the wait is well below the bound', () => {
    const admit = makeAdmission(60_000);
    admit(known(90_000));
    expect(admit(known(50_000))).toEqual({ admit: false, retryAfterSeconds: 2 });
    expect(admit(known(47_999))).toEqual({ admit: true });
    expect(admit(known(59_000))).toEqual({ admit: true });
  });

  it('[B3] sends nobody away for longer than two minutes', () => {
    expect(makeAdmission(60_000)(known(3_600_000))).toEqual({ admit: false, retryAfterSeconds: 120 });
  });

  it.each<WaitReading>([{ kind: 'unknown', waitMs: 500 }, { kind: 'paused' }])(
    '[B3] admits on a reading that is $kind, also while it refuses',
    (reading) => {
      const admit = makeAdmission(60_000);
      admit(known(90_000));
      expect(admit(reading)).toEqual({ admit: true });
    },
  );
});
