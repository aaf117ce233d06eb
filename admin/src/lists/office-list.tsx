import type { ReactNode } from 'react';
import { List, type ListProps, useListContext } from 'react-admin';
import { ListFault, ListPager, saidInTheList } from '#lists/list-states.tsx';

/** A list of the back office: a fault stands in it and not in a toast, and takes away nothing that was read before. */
export const OfficeList = ({ children, ...props }: ListProps) => (
  <List pagination={<ListPager />} exporter={false} empty={false} queryOptions={saidInTheList} {...props}>
    <ListBody>{children}</ListBody>
  </List>
);

/** Rows stay beside the fault: a dialog over them keeps what is typed in it. */
const ListBody = ({ children }: { readonly children: ReactNode }) => {
  const { error, data } = useListContext();
  return (
    <>
      {error && <ListFault />}
      {(!error || data !== undefined) && children}
    </>
  );
};
