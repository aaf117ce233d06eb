import { useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import type { Activity } from '@penstock/domain/dead-letters';
import { DataTable, DateField, Link, SelectInput, SimpleList } from 'react-admin';
import { activitySubject, activityText, kindWords } from '#activity/words.ts';
import { Nothing } from '#lists/list-states.tsx';
import { OfficeList } from '#lists/office-list.tsx';
import { asTime, oneLine, shortTime } from '#times.ts';

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

const Column = DataTable.Col<Activity>;

/** What it was done to as a link, and what was done. */
const ActivityLine = ({ act }: { readonly act: Activity }) => {
  const { name, path } = activitySubject(act);
  return (
    <>
      {path === undefined ? name : <Link to={path}>{name}</Link>}: {activityText(act)}
    </>
  );
};

const lineText = (act: Activity): string => `${activitySubject(act).name}: ${activityText(act)}`;

/** Every write of staff, and the moves of shoppers, newest first. */
export const ActivityList = () => {
  const narrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  return (
    <OfficeList filters={filters} sort={{ field: 'at', order: 'DESC' }} perPage={25}>
      {narrow ? (
        <SimpleList<Activity>
          primaryText={lineText}
          secondaryText={({ by, reason }) => (reason === undefined ? by : `${by}: ${reason}`)}
          tertiaryText={({ at }) => shortTime(at)}
          rowClick={(_id, _resource, act) => activitySubject(act as Activity).path ?? false}
          empty={<NoActivity />}
        />
      ) : (
        <DataTable<Activity> rowClick={false} bulkActionButtons={false} empty={<NoActivity />}>
          <Column source="at" label="When" sx={oneLine}>
            <DateField source="at" {...asTime} />
          </Column>
          <Column source="by" label="Who" disableSort />
          <Column label="What" disableSort render={(act) => <ActivityLine act={act} />} />
          <Column source="reason" label="Why" disableSort />
        </DataTable>
      )}
    </OfficeList>
  );
};

const NoActivity = () => <Nothing>Nothing has been changed by hand yet.</Nothing>;
