import { useTheme } from '@mui/material';
import { faces } from '@penstock/brand/tokens.ts';
import type { CSSProperties } from 'react';

/** The custom properties that the gauge of the house is drawn with, from the theme of the office. */
export const useRoomColours = (): CSSProperties => {
  const { palette } = useTheme();
  const colours = {
    '--ink': palette.text.primary,
    '--action': palette.primary.main,
    '--signal': palette.warning.main,
    '--face-head': faces.head,
  };
  return colours as CSSProperties;
};
