import type { ReactNode } from 'react';
import { handOnFocus } from '#ui/focus.ts';

type Props = {
  /** `signal`: needs you; `ok` and `refused` always carry a word as well. */
  readonly tone?: 'plain' | 'signal' | 'ok' | 'refused';
  readonly children: ReactNode;
};

/** A sentence that stands out of the page, with at most one thing to do. */
export const Notice = ({ tone = 'plain', children }: Props) => (
  <div ref={handOnFocus} className={`notice notice-${tone}`}>
    {children}
  </div>
);
