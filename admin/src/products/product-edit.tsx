import type { StaffProduct } from '@penstock/domain/product';
import { Edit, useRecordContext } from 'react-admin';
import { RecordFault } from '#forms/record-fault.tsx';
import { useRecordQuery } from '#forms/use-record-query.ts';
import { EditForm } from '#products/edit-form.tsx';

/** Edits a product against the version that was seen (E1). */
export const ProductEdit = () => (
  <Edit
    mutationMode="pessimistic"
    redirect="list"
    mutationOptions={{ networkMode: 'always' }}
    queryOptions={useRecordQuery()}
    aside={<RecordFault />}
  >
    <LiveRecord />
  </Edit>
);

/** The record of the page follows every sale; the form below begins from it once. */
const LiveRecord = () => {
  const live = useRecordContext<StaffProduct>();
  return live === undefined ? null : <EditForm key={live.id} live={live} />;
};
