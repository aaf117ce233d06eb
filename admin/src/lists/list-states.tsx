import { Alert, Button, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { Pagination, useListContext, useNavigate, useRemoveFromStore } from 'react-admin';
import { faultRefreshMs, passesByItself } from '#data/passing-fault.ts';
import { isCapped, rangeText } from '#lists/totals.ts';

/** What a list says when nothing is in it. */
export const Nothing = ({ children }: { readonly children: ReactNode }) => (
  <Typography component="div" sx={{ p: 2 }}>
    {children}
  </Typography>
);

/** For a list that says itself why it could not be read, with no second sentence that stays over the next page, and asks again. */
export const saidInTheList = { onError: () => undefined, refetchInterval: faultRefreshMs } as const;

/** Takes every filter off: without it a filter that is refused leads back to the same refusal. */
export const ClearFilters = () => {
  const { filterValues, setFilters } = useListContext();
  if (Object.keys(filterValues ?? {}).length === 0) return null;
  return (
    <Button color="inherit" onClick={() => setFilters({}, {})}>
      Clear the filters
    </Button>
  );
};

/** Lets go of a sort or a size that is refused: they are kept for the next visit, and would lead back to the refusal. */
const StartAnew = () => {
  const { resource, filterValues, error } = useListContext();
  const forget = useRemoveFromStore();
  const navigate = useNavigate();
  if (passesByItself(error) || Object.keys(filterValues ?? {}).length > 0) return null;
  const startAnew = () => {
    forget(`${resource}.listParams`);
    navigate({ search: '' });
  };
  return (
    <Button color="inherit" onClick={startAnew}>
      Show it from the start
    </Button>
  );
};

/** What a list says when it could not be read: why, and a way to try again. An empty list is another thing. */
export const ListFault = () => {
  const { error, refetch } = useListContext();
  return (
    <Alert
      severity="warning"
      sx={{ mt: 2 }}
      action={
        <>
          <ClearFilters />
          <StartAnew />
          <Button color="inherit" onClick={() => void refetch()}>
            Try again
          </Button>
        </>
      }
    >
      The list could not be read. {error instanceof Error ? error.message : ''}
    </Alert>
  );
};

/** Turns the pages of a list; a list that could not be read has none. A total that is cut says so. */
export const ListPager = () => {
  const { error, meta } = useListContext();
  if (error) return null;
  const capped = isCapped(meta);
  // MUI's own property: react-admin hands it on, but its types do not name it.
  const words: object = {
    labelDisplayedRows: ({ from, to, count }: Record<'from' | 'to' | 'count', number>) =>
      rangeText(from, to, count, capped),
  };
  return (
    <>
      <Pagination {...words} />
      {capped && (
        <Typography variant="body2" sx={{ px: 2, textAlign: 'end' }}>
          Only these can be paged through: narrow the list to reach the others.
        </Typography>
      )}
    </>
  );
};
