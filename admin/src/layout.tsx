import { Button, Chip } from '@mui/material';
import type { ReactNode } from 'react';
import { AppBar, CheckForApplicationUpdate, Layout, type LayoutProps, TitlePortal } from 'react-admin';
import { useConfig } from '#config-context.ts';
import { useLive } from '#live/use-live.ts';
import { SwitchNotice } from '#operations/switch-notice.tsx';
import { forgetStaffName, readStaffName } from '#staff-name/staff-name-form.tsx';

const liveWords = { connecting: 'Connecting', live: 'Live', away: 'Not live, reconnecting' } as const;

const OfficeBar = () => {
  const { socketUrl } = useConfig();
  const state = useLive(socketUrl);
  const change = () => {
    forgetStaffName();
    location.reload();
  };
  return (
    <AppBar userMenu={false}>
      <TitlePortal />
      <Chip
        size="small"
        role="status"
        label={liveWords[state]}
        variant="outlined"
        // On a phone the title needs the room while all is well.
        sx={{
          mr: 1,
          color: 'inherit',
          borderColor: state === 'live' ? 'transparent' : 'currentColor',
          display: { xs: state === 'live' ? 'none' : 'inline-flex', sm: 'inline-flex' },
        }}
      />
      <Button color="inherit" size="small" onClick={change} aria-label={`${readStaffName()}, change the name`}>
        {readStaffName()}
      </Button>
    </AppBar>
  );
};

/** The frame of every page: the live sign and the name that writes carry. */
export const OfficeLayout = ({ children, ...rest }: LayoutProps & { readonly children?: ReactNode }) => (
  <Layout {...rest} appBar={OfficeBar}>
    <SwitchNotice />
    {children}
    <CheckForApplicationUpdate />
  </Layout>
);
