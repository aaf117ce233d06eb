import { CssBaseline } from '@mui/material';
import {
  AdminContext,
  type AdminProps,
  CoreAdminUI,
  defaultI18nProvider,
  Error as ErrorPage,
  LoadingPage,
  localStorageStore,
  Notification,
} from 'react-admin';
import { NoPage } from '#frame/no-page.tsx';

type OfficeAdminProps = Pick<
  AdminProps,
  'title' | 'dataProvider' | 'queryClient' | 'i18nProvider' | 'layout' | 'theme' | 'darkTheme' | 'children'
>;

const store = localStorageStore();

/** react-admin's `Admin` without its pages for signing in, which nobody sees here and everybody would load. */
export const OfficeAdmin = ({
  title,
  layout,
  children,
  i18nProvider = defaultI18nProvider,
  ...context
}: OfficeAdminProps) => (
  <AdminContext {...context} i18nProvider={i18nProvider} store={store}>
    <CssBaseline enableColorScheme>
      <CoreAdminUI
        title={title}
        layout={layout}
        catchAll={NoPage}
        error={ErrorPage}
        loading={LoadingPage}
        loginPage={false}
        authCallbackPage={false}
        disableTelemetry
      >
        {children}
      </CoreAdminUI>
      <Notification />
    </CssBaseline>
  </AdminContext>
);
