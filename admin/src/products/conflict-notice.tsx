import { Alert, AlertTitle, Button, Stack, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { formatMoney } from '@penstock/domain/money';
import type { StaffProduct } from '@penstock/domain/product';
import { useRefresh } from 'react-admin';
import { useFormContext } from 'react-hook-form';
import { differences } from '#products/differences.ts';

/** Shows what someone else saved meanwhile beside what was typed here, and lets a person decide. */
export const ConflictNotice = ({
  current,
  onDone,
}: {
  readonly current: StaffProduct;
  readonly onDone: () => void;
}) => {
  const { getValues, setValue, reset } = useFormContext<StaffProduct>();
  const refresh = useRefresh();
  const rows = differences(getValues(), current, formatMoney);
  const keepMine = () => {
    setValue('version', current.version, { shouldDirty: true });
    onDone();
  };
  const takeTheirs = () => {
    reset(current);
    refresh();
    onDone();
  };
  return (
    <Alert severity="warning" sx={{ mb: 2, width: '100%' }}>
      <AlertTitle>Changed by someone else</AlertTitle>
      Nothing of yours is lost, and nothing was saved.
      <Table size="small" sx={{ my: 1 }}>
        <TableHead>
          <TableRow>
            <TableCell>Field</TableCell>
            <TableCell>Yours</TableCell>
            <TableCell>Saved by them</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ field, mine, theirs }) => (
            <TableRow key={field}>
              <TableCell component="th">{field}</TableCell>
              <TableCell>{mine}</TableCell>
              <TableCell>{theirs}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Stack direction="row" spacing={1}>
        <Button size="small" variant="outlined" onClick={keepMine}>
          Keep mine, then save again
        </Button>
        <Button size="small" variant="outlined" onClick={takeTheirs}>
          Take theirs
        </Button>
      </Stack>
    </Alert>
  );
};
