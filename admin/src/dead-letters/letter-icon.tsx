import { Badge, SvgIcon } from '@mui/material';
import { useGetList } from 'react-admin';

/** A letter in the menu, with the number of open ones. */
export const LetterIcon = () => {
  const { total = 0 } = useGetList('dead-letters', {
    filter: { status: 'open' },
    sort: { field: 'lastSeenAt', order: 'DESC' },
    pagination: { page: 1, perPage: 1 },
  });
  return (
    <Badge badgeContent={total} color="warning" max={999} slotProps={{ badge: { 'aria-label': `${total} open` } }}>
      <SvgIcon aria-hidden>
        <path d="M3 5h18v14H3zM3 6l9 7 9-7" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
      </SvgIcon>
    </Badge>
  );
};
