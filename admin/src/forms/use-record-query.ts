import { HttpError, useNotify, useRedirect, useResourceContext } from 'react-admin';

/**
 * How the record of an open page is read. A fault of the line leaves the page alone, with all that was typed in it; only
 * a record that is not there leads back to the list.
 */
export const useRecordQuery = () => {
  const resource = useResourceContext();
  const notify = useNotify();
  const redirect = useRedirect();
  return {
    onError: (fault: Error) => {
      if (!(fault instanceof HttpError && fault.status === 404)) return;
      notify('ra.notification.item_doesnt_exist', { type: 'error' });
      redirect('list', resource);
    },
  };
};
