import type { PendingAct } from '@penstock/domain/pending';
import type { Query } from '@tanstack/react-query';
import { HttpError, type RaRecord, useNotify, useRedirect, useResourceContext } from 'react-admin';
import { faultRefreshMs } from '#data/passing-fault.ts';
import { pendingRefreshMs } from '#lists/pending.ts';

/**
 * How the record of an open page is read, and asked again while something waits for it or a fault may pass. A fault of the
 * line leaves the page alone, with all that was typed in it; only a record that is not there leads back to the list.
 */
export const useRecordQuery = <T extends RaRecord & { readonly pending?: PendingAct | undefined }>() => {
  const resource = useResourceContext();
  const notify = useNotify();
  const redirect = useRedirect();
  return {
    refetchInterval: (query: Query<T>) => pendingRefreshMs(query.state.data?.pending) || faultRefreshMs(query),
    onError: (fault: Error) => {
      if (!(fault instanceof HttpError && fault.status === 404)) return;
      notify('ra.notification.item_doesnt_exist', { type: 'error' });
      redirect('list', resource);
    },
  };
};
