import { hexOf, type Oklch } from '@penstock/brand/oklch.ts';
import { dark, faces, light, type Palette, radiusPx } from '@penstock/brand/tokens.ts';
import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from 'react-admin';

/** Narrower than this a table has no room for the usual space between its columns. */
const phone = '@media (max-width: 599.95px)';
const touch = '@media (max-width: 599.95px), (pointer: coarse)';
/** On paper is the record: no rail, no bar, nothing to press. */
const print = '@media print';

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
      info: { main: colour('action') },
      warning: { main: colour('signal') },
      success: { main: colour('ok'), contrastText: colour('ground') },
      text: { primary: colour('ink'), secondary: colour('muted') },
      background: { default: colour('ground'), paper: colour('ground') },
      divider: colour('rule'),
    },
    shape: { borderRadius: radiusPx },
    sidebar: { width: 168, closedWidth: 0 },
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
        styleOverrides: {
          root: { [print]: { display: 'none' } },
          colorSecondary: { backgroundColor: hexOf(rail), color: hexOf(onRail) },
        },
      },
      // Hairlines between the rows of a phone's lists, and no number paler than the words beside it.
      RaSimpleList: {
        styleOverrides: {
          root: {
            '& .MuiListItem-container, & li': { borderBottom: `1px solid ${colour('rule')}` },
            '& .RaSimpleList-tertiary': { opacity: 1, color: colour('ink'), fontVariantNumeric: 'tabular-nums' },
          },
        },
      },
      // A line of a form is read, not walked along.
      RaEdit: { styleOverrides: { root: { '& .RaEdit-main': { maxWidth: '56rem' } } } },
      RaCreate: { styleOverrides: { root: { '& .RaCreate-main': { maxWidth: '56rem' } } } },
      // The bar with Save: the ground of a card, in place of a grey that is none of ours.
      RaToolbar: { styleOverrides: { root: { backgroundColor: colour('card') } } },
      // As the shop's notices: the ground of a card, and the kind told by the bar at its side.
      MuiAlert: {
        styleOverrides: {
          root: {
            backgroundColor: colour('card'),
            color: colour('ink'),
            borderInlineStart: `4px solid ${colour('action')}`,
            '&.MuiAlert-colorWarning': { borderColor: colour('signal') },
            '&.MuiAlert-colorError': { borderColor: colour('refused') },
            '&.MuiAlert-colorSuccess': { borderColor: colour('ok') },
          },
        },
      },
      MuiSnackbarContent: {
        styleOverrides: {
          root: { backgroundColor: hexOf(rail), color: hexOf(onRail), borderRadius: radiusPx, boxShadow: 'none' },
        },
      },
      MuiFab: { styleOverrides: { root: { borderRadius: radiusPx, boxShadow: 'none' } } },
      MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
      // A word of any length breaks and widens no page; in a table where its column allows it, in a button nowhere.
      MuiCssBaseline: { styleOverrides: { body: { overflowWrap: 'anywhere' } } },
      MuiTableCell: {
        styleOverrides: {
          root: { overflowWrap: 'normal', fontVariantNumeric: 'tabular-nums', borderBottomColor: colour('rule') },
          sizeSmall: { paddingBlock: 5, [phone]: { paddingInline: 6 } },
          head: {
            color: colour('ink'),
            fontFamily: faces.head,
            fontSize: '1rem',
            fontWeight: 600,
            borderBottom: `2px solid ${colour('ink')}`,
          },
        },
      },
      // The rail: ink from top to bottom, names in place of icons, a tick beside the page that is open.
      RaSidebar: {
        styleOverrides: {
          root: {
            '&, & .MuiPaper-root, & .RaSidebar-fixed': { backgroundColor: hexOf(rail) },
            // As long as the page, not as the window.
            '&:not(.MuiModal-root)': { height: 'auto', '& > .MuiPaper-root': { height: '100%' } },
            // Closed it is of no width, and must not be walked through by keyboard either.
            '&.RaSidebar-closed': { visibility: 'hidden' },
            [print]: { display: 'none' },
          },
        },
      },
      RaMenuItemLink: {
        styleOverrides: {
          root: {
            color: hexOf(onRail),
            fontFamily: faces.head,
            fontSize: '1.125rem',
            fontWeight: 600,
            paddingBlock: 8,
            '& .RaMenuItemLink-icon': { display: 'none' },
            '&:hover': { textDecoration: 'underline', backgroundColor: 'transparent' },
            '&.RaMenuItemLink-active': { color: hexOf(onRail), boxShadow: `inset 6px 0 ${hexOf(onRail)}` },
          },
        },
      },
      // React-admin's own spinners have no name.
      MuiCircularProgress: { defaultProps: { 'aria-label': 'Loading' } },
      MuiButton: {
        defaultProps: { disableElevation: true },
        styleOverrides: { root: { overflowWrap: 'normal', [print]: { display: 'none' } } },
      },
      // Below 16 px a phone zooms into the field and stays there.
      MuiInputBase: { styleOverrides: { input: { [touch]: { fontSize: 16 } } } },
      // The bar of what is selected is hidden by its height alone: nothing in it may take the focus then.
      RaBulkActionsToolbar: {
        styleOverrides: { root: { '& .RaBulkActionsToolbar-collapsed': { visibility: 'hidden' } } },
      },
    },
  };
};

export const lightTheme = themeOf(defaultLightTheme, light, 'light');
export const darkTheme = themeOf(defaultDarkTheme, dark, 'dark');
