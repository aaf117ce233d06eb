import type { ReactNode } from 'react';
import { handOnFocus } from '#ui/focus.ts';

type Props = {
  /** As brand/src/states.css names them. */
  readonly drawing: 'empty-basket' | 'nothing-found' | 'not-found' | 'offline';
  readonly children: ReactNode;
};

/** What stands in place of content: a drawing, what it means, and one thing to do. */
export const State = ({ drawing, children }: Props) => (
  <div ref={handOnFocus} className="empty">
    <span className={`drawing drawing-${drawing}`} aria-hidden="true" />
    <div className="empty-text">{children}</div>
  </div>
);
