import { CssBaseline, createTheme, ThemeProvider, useMediaQuery } from '@mui/material';
import { QueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Resource } from 'react-admin';
import { activity } from '#activity/index.ts';
import { baskets } from '#baskets/index.ts';
import type { Config } from '#config.ts';
import { ConfigContext } from '#config-context.ts';
import { makeDataProvider } from '#data/data-provider.ts';
import { passesByItself } from '#data/passing-fault.ts';
import { deadLetters } from '#dead-letters/index.ts';
import { OfficeAdmin } from '#frame/office-admin.tsx';
import { OfficeLayout } from '#layout.tsx';
import { operations } from '#operations/index.ts';
import { orders } from '#orders/index.ts';
import { products } from '#products/index.ts';
import { readStaffName } from '#staff-name/staff-name.ts';
import { darkTheme, lightTheme } from '#theme.ts';
import { i18nProvider } from '#words/i18n.ts';

/** Whoever has a name does not load the form that asks for it. */
const StaffNameForm = lazy(async () => ({
  default: (await import('#staff-name/staff-name-form.tsx')).StaffNameForm,
}));

/** The whole map of the back office: its resources, live lists, the write path, one name that its writes carry. */
export const App = ({ config }: { readonly config: Config }) => {
  const [staffName, setStaffName] = useState(readStaffName);
  const dataProvider = useMemo(() => makeDataProvider(config), [config]);
  const queryClient = useMemo(makeQueryClient, []);
  const isDark = useMediaQuery('(prefers-color-scheme: dark)', { noSsr: true });
  if (staffName === '')
    return (
      <ThemeProvider theme={createTheme(isDark ? darkTheme : lightTheme)}>
        <CssBaseline />
        <Suspense>
          <StaffNameForm onNamed={setStaffName} />
        </Suspense>
      </ThemeProvider>
    );
  return (
    <ConfigContext value={config}>
      <OfficeAdmin
        title="Weirhouse back office"
        dataProvider={dataProvider}
        queryClient={queryClient}
        i18nProvider={i18nProvider}
        layout={OfficeLayout}
        theme={lightTheme}
        darkTheme={darkTheme}
      >
        <Resource {...orders} />
        <Resource {...products} />
        <Resource {...baskets} />
        <Resource {...deadLetters} />
        <Resource {...activity} />
        <Resource {...operations} />
      </OfficeAdmin>
    </ConfigContext>
  );
};

/** Refusals are answers, not faults of the line: only what may pass by itself is asked again. */
const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5000,
        retry: (failures, error) => failures < 3 && passesByItself(error),
      },
    },
  });
