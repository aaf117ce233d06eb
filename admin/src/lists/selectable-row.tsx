import { Checkbox, TableCell, TableRow } from '@mui/material';
import type { MouseEvent, ReactNode } from 'react';
import {
  type RaRecord,
  useCreatePath,
  useDataTableCallbacksContext,
  useDataTableSelectedIdsContext,
  useNavigate,
  useRecordContext,
  useResourceContext,
} from 'react-admin';

type SelectableRowProps = { readonly nameOf: (record: RaRecord) => string; readonly children?: ReactNode };

/** A row that is opened by a click and chosen by a box. react-admin's own puts the name of the box where no reader finds it. */
export const SelectableRow = ({ nameOf, children }: SelectableRowProps) => {
  const record = useRecordContext<RaRecord>();
  const resource = useResourceContext() ?? '';
  const { handleToggleItem } = useDataTableCallbacksContext();
  const selectedIds = useDataTableSelectedIdsContext() ?? [];
  const createPath = useCreatePath();
  const navigate = useNavigate();
  if (record === undefined) return null;
  const toggle = (event: MouseEvent) => {
    event.stopPropagation();
    handleToggleItem?.(record.id, event as never);
  };
  return (
    <TableRow
      hover
      onClick={() => navigate(createPath({ resource, id: record.id, type: 'show' }))}
      sx={{ cursor: 'pointer' }}
    >
      <TableCell padding="checkbox">
        <Checkbox
          size="small"
          checked={selectedIds.includes(record.id)}
          onClick={toggle}
          slotProps={{ input: { 'aria-label': `Select ${nameOf(record)}` } }}
        />
      </TableCell>
      {children}
    </TableRow>
  );
};
