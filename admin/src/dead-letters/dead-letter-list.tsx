import { useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import type { DeadLetterView } from '@penstock/domain/dead-letters';
import type { ReactNode } from 'react';
import {
  DataTable,
  DataTableBody,
  type DataTableBodyProps,
  DateField,
  SelectInput,
  SimpleList,
  TopToolbar,
  useListContext,
  useUnselectAll,
} from 'react-admin';
import { SettleButton } from '#dead-letters/settle-button.tsx';
import { letterReason, letterStatusWords, redriveHindrance } from '#dead-letters/words.ts';
import { Nothing } from '#lists/list-states.tsx';
import { OfficeList } from '#lists/office-list.tsx';
import { RecordLink } from '#lists/record-link.tsx';
import { SelectableRow } from '#lists/selectable-row.tsx';
import { anyText, asTime, oneLine, shortTime } from '#times.ts';

const filters = [
  <SelectInput
    key="status"
    source="status"
    label="State"
    alwaysOn
    emptyText="All"
    choices={Object.entries(letterStatusWords).map(([id, name]) => ({ id, name }))}
  />,
];

const Actions = () => {
  const { total = 0 } = useListContext<DeadLetterView>();
  return (
    <TopToolbar>
      <SettleButton
        what="redrive"
        chosen={{ all: true }}
        subject="every open letter"
        label="Send all open again"
        disabled={total === 0}
      />
    </TopToolbar>
  );
};

/** Discard and send again what is selected. One that cannot be sent again would refuse the whole call, so it is left out by name. */
const BulkActions = () => {
  const { selectedIds = [], data = [] } = useListContext<DeadLetterView>();
  const unselectAll = useUnselectAll('dead-letters');
  const chosen = data.filter(({ id }) => selectedIds.includes(id));
  const sendable = chosen.filter(({ redrive }) => redriveHindrance[redrive] === undefined).map(({ id }) => id);
  const ids = selectedIds.map(String);
  return (
    <>
      <SettleButton
        what="redrive"
        chosen={{ ids: sendable }}
        subject={countText(sendable.length)}
        disabled={sendable.length === 0}
        onDone={unselectAll}
      />
      <SettleButton
        what="discard"
        chosen={{ ids }}
        subject={countText(ids.length)}
        disabled={ids.length === 0}
        onDone={unselectAll}
      />
    </>
  );
};

const countText = (count: number): string => `${count} ${count === 1 ? 'letter' : 'letters'}`;
const subjectOf = ({ number, queue }: DeadLetterView): string => (number === undefined ? queue : `Order ${number}`);

const Column = DataTable.Col<DeadLetterView>;
const LetterRow = ({ children }: { readonly children?: ReactNode }) => (
  <SelectableRow nameOf={(letter) => subjectOf(letter as DeadLetterView)}>{children}</SelectableRow>
);
const LetterRows = (props: DataTableBodyProps) => <DataTableBody {...props} row={LetterRow} />;

/** Accepted writes that could not be worked, the last seen first: nothing is lost, and somebody decides. */
export const DeadLetterList = () => {
  const narrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  return (
    <OfficeList
      filters={filters}
      filterDefaultValues={{ status: 'open' }}
      sort={{ field: 'lastSeenAt', order: 'DESC' }}
      perPage={25}
      actions={<Actions />}
    >
      {narrow ? (
        <SimpleList<DeadLetterView>
          primaryText={subjectOf}
          secondaryText={(letter) => letterReason(letter.reason)}
          tertiaryText={(letter) => `${letterStatusWords[letter.status]}, ${shortTime(letter.lastSeenAt)}`}
          rowClick="show"
          empty={<NoLetters />}
        />
      ) : (
        <DataTable<DeadLetterView>
          rowClick="show"
          body={LetterRows}
          bulkActionButtons={<BulkActions />}
          empty={<NoLetters />}
        >
          <Column label="About" disableSort render={(letter) => <RecordLink>{subjectOf(letter)}</RecordLink>} />
          <Column source="queue" label="Queue" disableSort />
          <Column label="Why" disableSort sx={anyText} render={(letter) => letterReason(letter.reason)} />
          <Column source="lastSeenAt" label="Last seen" sx={oneLine}>
            <DateField source="lastSeenAt" {...asTime} />
          </Column>
          <Column source="attempt" label="Sent again" align="right" disableSort />
          <Column label="State" disableSort render={(letter) => letterStatusWords[letter.status]} />
        </DataTable>
      )}
    </OfficeList>
  );
};

const NoLetters = () => {
  const { filterValues } = useListContext();
  const isOpenOnly = filterValues?.status === 'open';
  return (
    <Nothing>
      {isOpenOnly
        ? 'No letter waits for you: every write that was accepted is placed or on its way.'
        : 'No letters here. Settled ones are kept for 90 days.'}
    </Nothing>
  );
};
