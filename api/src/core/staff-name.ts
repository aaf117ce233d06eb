/**
 * The name of X-Staff-Name. Header values are Latin-1, so a name of another script comes as percent-encoded UTF-8, with or
 * without the prefix of RFC 8187 (UTF-8''…); raw UTF-8 bytes, as curl sends them, are read as what they are. A text that
 * is none of these is the name itself.
 */
export const readStaffName = (header: string): string => {
  const given = header.trim().replace(/^utf-8'[\w-]*'/i, '');
  return decodePercent(decodeBytes(given)).trim();
};

const decodePercent = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const decodeBytes = (text: string): string => {
  if (!/[\x80-\xff]/.test(text) || /[^\0-\xff]/.test(text)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
};
