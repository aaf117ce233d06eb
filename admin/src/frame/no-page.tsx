import { Typography } from '@mui/material';
import { Link, Title } from 'react-admin';

/** What an address shows that no page has. */
export const NoPage = () => (
  <>
    <Title title="No such page" />
    <Typography sx={{ p: 2 }}>
      The office has no page at this address. <Link to="/orders">Go to the orders</Link>.
    </Typography>
  </>
);
