import { useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import type { Activity } from '@penstock/domain/dead-letters';
import { DataTable, DateField, List, SelectInput, SimpleList } from 'react-admin';
import { activityText, kindWords } from '#activity/words.ts';
import { ListFault, ListPager, Nothing } from '#lists/list-states.tsx';
import { asTime, shortTime } from '#times.ts';

const filters = [
  <SelectInput
    key="kind"
    source="kind"
    label="Kind"
    alwaysOn
    emptyText="All"
    choices={Object.entries(kindWords).map(([id, name]) => ({ id, name }))}
  />,
];

/** Stock edits, moves of orders and letters settled, newest first. */
export const ActivityList = () => {
  const narrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  return (
    <List
      filters={filters}
      sort={{ field: 'at', order: 'DESC' }}
      perPage={25}
      pagination={<ListPager />}
      exporter={false}
      empty={false}
      error={<ListFault />}
    >
      {narrow ? (
        <SimpleList<Activity>
          primaryText={activityText}
          secondaryText={({ by, reason }) => (reason === undefined ? by : `${by}: ${reason}`)}
          tertiaryText={({ at }) => shortTime(at)}
          rowClick={false}
          empty={<NoActivity />}
        />
      ) : (
        <DataTable<Activity> rowClick={false} bulkActionButtons={false} empty={<NoActivity />}>
          <DataTable.Col source="at" label="When">
            <DateField source="at" {...asTime} />
          </DataTable.Col>
          <DataTable.Col source="by" label="Who" disableSort />
          <DataTable.Col label="What" disableSort render={(record) => activityText(record as Activity)} />
          <DataTable.Col source="reason" label="Why" disableSort />
        </DataTable>
      )}
    </List>
  );
};

const NoActivity = () => <Nothing>Nothing has been changed by hand yet.</Nothing>;
