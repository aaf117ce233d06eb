import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from 'react-admin';

const shared = (base: RaThemeOptions): RaThemeOptions => ({ ...base, shape: { borderRadius: 2 } });

export const lightTheme: RaThemeOptions = shared(defaultLightTheme);
export const darkTheme: RaThemeOptions = shared(defaultDarkTheme);
