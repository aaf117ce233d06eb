import type { ReactNode } from 'react';
import { Mark } from '#ui/mark.tsx';
import './slip.css';

type Props = { readonly title: string; readonly children: ReactNode };

/** A ticket as the weighbridge prints it: a paper slip with the name of the house at its head. */
export const Slip = ({ title, children }: Props) => (
  <div className="slip">
    <p className="slip-head scale">
      <Mark />
      <span>Weirhouse</span>
      <span>{title}</span>
    </p>
    {children}
  </div>
);
