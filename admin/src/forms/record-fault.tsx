import { Alert, Button } from '@mui/material';
import { useEditContext } from 'react-admin';

/** What a form says whose record could not be read at all. One that is read already stays as it is. */
export const RecordFault = () => {
  const { error, record, refetch } = useEditContext();
  if (!error || record !== undefined) return null;
  return (
    <Alert
      severity="warning"
      action={
        <Button color="inherit" onClick={() => void refetch()}>
          Try again
        </Button>
      }
    >
      This could not be read. {error instanceof Error ? error.message : ''}
    </Alert>
  );
};
