import { faces } from '@penstock/brand/tokens.ts';

/** The number of an order in a heading: in the face of the text, for in the condensed one a zero looks like the letter O. */
export const RecordNumber = ({ children }: { readonly children: string }) => (
  <span style={{ fontFamily: faces.text, fontVariantNumeric: 'slashed-zero', whiteSpace: 'nowrap' }}>{children}</span>
);
