const names = new Intl.DisplayNames('en-GB', { type: 'region' });
const codes = ['GB', 'IE', 'FR', 'BE', 'NL', 'LU', 'DE', 'AT', 'CH', 'DK', 'SE', 'NO', 'FI', 'ES', 'PT', 'IT', 'PL'];

/** Where the shop sends to: its own country first. The API takes any two-letter code. */
export const countries: readonly { readonly code: string; readonly name: string }[] = codes.map((code) => ({
  code,
  name: names.of(code) ?? code,
}));
