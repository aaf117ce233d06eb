import { Chip, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { AppBar, CheckForApplicationUpdate, Layout, type LayoutProps } from 'react-admin';
import { useConfig } from '#config-context.ts';
import { useKeptFocus } from '#frame/keep-focus.ts';
import { OfficeMenu } from '#frame/office-menu.tsx';
import { PageHeading } from '#frame/page-heading.tsx';
import { useRail } from '#frame/use-rail.ts';
import { PageFault } from '#lazy/page-fault.tsx';
import { useLive } from '#live/use-live.ts';
import { SwitchNotice } from '#operations/switch-notice.tsx';
import { StaffNameButton } from '#staff-name/staff-name-button.tsx';

const liveWords = { connecting: 'Connecting', live: 'Live', away: 'Not live, reconnecting' } as const;

const OfficeBar = () => {
  const { socketUrl } = useConfig();
  const state = useLive(socketUrl);
  return (
    <AppBar userMenu={false}>
      <Typography sx={{ flex: 1, minWidth: 0, fontWeight: 600 }} noWrap>
        Weirhouse back office
      </Typography>
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
      <StaffNameButton />
    </AppBar>
  );
};

/** The frame of every page: its heading, the live sign, the name that writes carry, and what is switched off. */
export const OfficeLayout = ({ children, ...rest }: LayoutProps & { readonly children?: ReactNode }) => {
  useRail();
  useKeptFocus();
  return (
    <Layout {...rest} error={PageFault} appBar={OfficeBar} menu={OfficeMenu} appBarAlwaysOn>
      <SwitchNotice />
      <PageHeading />
      {children}
      <CheckForApplicationUpdate />
    </Layout>
  );
};
