import type { MouseEvent, ReactNode } from 'react';
import { Link, useCreatePath, useRecordContext, useResourceContext, useResourceDefinition } from 'react-admin';

/**
 * What a row is called, as a link to its page: reached by keyboard, opened in a new tab, copied. The rest of the row stays
 * clickable, so the link keeps its own click to itself.
 */
export const RecordLink = ({ children }: { readonly children: ReactNode }) => {
  const record = useRecordContext();
  const resource = useResourceContext() ?? '';
  const { hasShow } = useResourceDefinition();
  const createPath = useCreatePath();
  if (record === undefined) return null;
  return (
    <Link
      to={createPath({ resource, id: record.id, type: hasShow === true ? 'show' : 'edit' })}
      onClick={(event: MouseEvent) => event.stopPropagation()}
      sx={{ fontWeight: 600 }}
    >
      {children}
    </Link>
  );
};
