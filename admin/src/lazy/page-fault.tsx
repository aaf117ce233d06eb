import { Alert, AlertTitle, Button } from '@mui/material';
import type { ErrorProps } from 'react-admin';

/** What stands in place of a page that failed, until another is opened. */
export const PageFault = ({ error }: ErrorProps) => (
  <Alert
    severity="error"
    sx={{ m: 2 }}
    action={
      <Button color="inherit" onClick={() => location.reload()}>
        Load the site anew
      </Button>
    }
  >
    <AlertTitle>This page could not be shown</AlertTitle>
    Nothing that was saved is lost. {error instanceof Error ? error.message : ''}
  </Alert>
);
