import { readOrderNumber } from '@penstock/domain/ids';
import { storedStatuses } from '@penstock/domain/order-states';
import { SelectInput } from 'react-admin';
import { CheckedFilter } from '#lists/checked-filter.tsx';
import { DayFilter } from '#lists/day-filter.tsx';
import { readEmail } from '#orders/read-email.ts';
import { statusWords } from '#orders/words.ts';

/** Only what an index serves can be filtered by: whole numbers and addresses, a status, days. */
export const orderFilters = [
  <SelectInput
    key="status"
    source="status"
    label="Status"
    alwaysOn
    emptyText="All"
    choices={storedStatuses.map((id) => ({ id, name: statusWords[id] }))}
  />,
  <CheckedFilter
    key="number"
    source="number"
    label="Order number"
    alwaysOn
    read={readOrderNumber}
    hint="Give all ten characters, as in 01HV3-K9ZQ7."
  />,
  <CheckedFilter
    key="email"
    source="email"
    label="E-mail"
    alwaysOn
    read={readEmail}
    hint="Give the whole address: addresses are found whole only."
  />,
  <DayFilter key="from" source="placedAt_gte" label="From day" edge="start" />,
  <DayFilter key="to" source="placedAt_lte" label="To day" edge="end" />,
];
