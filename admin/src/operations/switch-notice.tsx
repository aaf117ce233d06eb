import { Alert } from '@mui/material';
import { Link, useLocation } from 'react-admin';
import { useSwitches } from '#operations/use-operations.ts';
import { sourceText } from '#operations/words.ts';

/** What is switched off, above every page: who edits must know before the save, not after it. */
export const SwitchNotice = () => {
  const switches = useSwitches();
  const { pathname } = useLocation();
  if (switches === undefined) return null;
  const { ordersPaused, adminReadOnly, sourcesPaused } = switches;
  const off = [
    ...(adminReadOnly ? ['The back office is read-only.'] : []),
    ...(ordersPaused ? ['The shop takes no orders.'] : []),
    ...(sourcesPaused.length > 0 ? [`Paused: ${sourcesPaused.map(sourceText).join(', ')}.`] : []),
  ];
  if (off.length === 0) return null;
  return (
    <Alert severity="warning" sx={{ mt: 1 }}>
      {off.join(' ')} {pathname !== '/operations' && <Link to="/operations">Switches</Link>}
    </Alert>
  );
};
