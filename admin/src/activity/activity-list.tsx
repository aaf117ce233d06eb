import { useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import type { Activity } from '@penstock/domain/dead-letters';
import { DataTable, DateField, Link, SelectInput, SimpleList, useListContext } from 'react-admin';
import { activitySubject, activityText, kindWords } from '#activity/words.ts';
import { ClearFilters, Nothing } from '#lists/list-states.tsx';
import { OfficeList } from '#lists/office-list.tsx';
import { anyText, asTime, oneLine, shortTime } from '#times.ts';

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
          <Column source="by" label="Who" disableSort sx={anyText} />
          <Column label="What" disableSort sx={anyText} render={(act) => <ActivityLine act={act} />} />
          <Column source="reason" label="Why" disableSort sx={anyText} />
        </DataTable>
      )}
    </OfficeList>
  );
};

const NoActivity = () => {
  const { filterValues } = useListContext();
  const isSearch = Object.keys(filterValues ?? {}).length > 0;
  if (!isSearch) return <Nothing>Nothing has been changed by hand yet.</Nothing>;
  return (
    <Nothing>
      Nothing of this kind has been done. <ClearFilters />
    </Nothing>
  );
};
