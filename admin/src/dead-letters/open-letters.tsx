import { Box } from '@mui/material';
import { useGetList } from 'react-admin';
import { isCapped, totalText } from '#lists/totals.ts';

/** The menu's words for dead letters, with the number of those that wait for somebody. */
export const OpenLetters = () => {
  const { total = 0, meta } = useGetList('dead-letters', {
    filter: { status: 'open' },
    sort: { field: 'lastSeenAt', order: 'DESC' },
    pagination: { page: 1, perPage: 1 },
  });
  if (total === 0) return 'Dead letters';
  const count = totalText(total, isCapped(meta));
  return (
    <>
      Dead letters{' '}
      <Box component="span" sx={countStyle}>
        {count}
        <span style={spoken}> open</span>
      </Box>
    </>
  );
};

const countStyle = {
  ml: 0.5,
  px: 0.75,
  borderRadius: 1,
  bgcolor: 'warning.main',
  color: 'warning.contrastText',
  fontSize: '0.875rem',
} as const;

/** For ears alone. */
const spoken = { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' } as const;
