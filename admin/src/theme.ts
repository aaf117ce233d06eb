import { hexOf, type Oklch } from '@penstock/brand/oklch.ts';
import { dark, faces, light, type Palette, radiusPx } from '@penstock/brand/tokens.ts';
import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from 'react-admin';

/** A MUI theme from the tokens: hairlines in place of cards, dense rows, condensed headings, an ink rail. */
const themeOf = (base: RaThemeOptions, palette: Palette, mode: 'light' | 'dark'): RaThemeOptions => {
  const colour = (name: keyof Palette): string => hexOf(palette[name]);
  const rail = mode === 'light' ? palette.ink : palette.card;
  const onRail: Oklch = mode === 'light' ? palette.ground : palette.ink;
  return {
    ...base,
    palette: {
      mode,
      primary: { main: colour('action'), contrastText: colour('ground') },
      secondary: { main: colour('action'), contrastText: colour('ground') },
      error: { main: colour('refused') },
      warning: { main: colour('signal') },
      success: { main: colour('ok'), contrastText: colour('ground') },
      text: { primary: colour('ink'), secondary: colour('muted') },
      background: { default: colour('ground'), paper: colour('ground') },
      divider: colour('rule'),
    },
    shape: { borderRadius: radiusPx },
    typography: {
      fontFamily: faces.text,
      fontSize: 15,
      ...Object.fromEntries(
        ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((level) => [level, { fontFamily: faces.head, fontWeight: 600 }]),
      ),
      button: { textTransform: 'none', fontWeight: 600 },
    },
    components: {
      ...base.components,
      MuiAppBar: {
        defaultProps: { elevation: 0 },
        styleOverrides: { colorSecondary: { backgroundColor: hexOf(rail), color: hexOf(onRail) } },
      },
      MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
      MuiTableCell: {
        styleOverrides: {
          root: { fontVariantNumeric: 'tabular-nums' },
          head: { color: colour('muted'), fontWeight: 600 },
        },
      },
      MuiButton: { defaultProps: { disableElevation: true } },
    },
  };
};

export const lightTheme = themeOf(defaultLightTheme, light, 'light');
export const darkTheme = themeOf(defaultDarkTheme, dark, 'dark');
