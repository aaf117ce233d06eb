import { useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import type { DeadLetterView } from '@penstock/domain/dead-letters';
import {
  DataTable,
  DateField,
  List,
  SelectInput,
  SimpleList,
  TopToolbar,
  useListContext,
  useUnselectAll,
} from 'react-admin';
import { SettleButton } from '#dead-letters/settle-button.tsx';
import { letterReason, letterStatusWords, redriveHindrance } from '#dead-letters/words.ts';
import { ListFault, ListPager } from '#lists/list-states.tsx';
import { asTime, shortTime } from '#times.ts';

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
      <SettleButton what="discard" chosen={{ ids }} subject={countText(ids.length)} onDone={unselectAll} />
    </>
  );
};

const countText = (count: number): string => `${count} ${count === 1 ? 'letter' : 'letters'}`;
const subjectOf = ({ number, queue }: DeadLetterView): string => (number === undefined ? queue : `Order ${number}`);

/** Accepted writes that could not be worked, the last seen first: nothing is lost, and somebody decides. */
export const DeadLetterList = () => {
  const narrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  return (
    <List
      filters={filters}
      filterDefaultValues={{ status: 'open' }}
      sort={{ field: 'lastSeenAt', order: 'DESC' }}
      perPage={25}
      pagination={<ListPager />}
      exporter={false}
      actions={<Actions />}
      empty={false}
      error={<ListFault />}
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
        <DataTable<DeadLetterView> rowClick="show" bulkActionButtons={<BulkActions />} empty={<NoLetters />}>
          <DataTable.Col label="About" disableSort render={(letter) => subjectOf(letter as DeadLetterView)} />
          <DataTable.Col source="queue" label="Queue" disableSort />
          <DataTable.Col label="Why" disableSort render={(letter) => letterReason((letter as DeadLetterView).reason)} />
          <DataTable.Col source="lastSeenAt" label="Last seen">
            <DateField source="lastSeenAt" {...asTime} />
          </DataTable.Col>
          <DataTable.Col source="attempt" label="Sent again" align="right" disableSort />
          <DataTable.Col
            label="State"
            disableSort
            render={(letter) => letterStatusWords[(letter as DeadLetterView).status]}
          />
        </DataTable>
      )}
    </List>
  );
};

const NoLetters = () => (
  <p style={{ padding: 24, margin: 0 }}>No letters here: every write that was accepted is placed or on its way.</p>
);
