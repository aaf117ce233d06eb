import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { PageHeading } from '#ui/page-heading.tsx';
import { State } from '#ui/state.tsx';

type Props = { readonly title: string; readonly children: ReactNode };

/** There is nothing at this address: why, and where to go on. */
export const NotFound = ({ title, children }: Props) => (
  <State drawing="not-found">
    <PageHeading title={title}>{title}</PageHeading>
    <p>{children}</p>
    <Link to="/" className="button">
      Go to the catalogue
    </Link>
  </State>
);
