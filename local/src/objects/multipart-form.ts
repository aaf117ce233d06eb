/** A file field of a form, its bytes as they were sent. */
type FormFile = { readonly filename: string; readonly contentType: string; readonly body: Buffer };

export type UploadForm = {
  /** Fields before the file, by lower-case name. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: FormFile | undefined;
  /** Parts behind the file, which S3 wants to be the last. */
  readonly partsAfterFile: number;
};

const lineEnd = Buffer.from('\r\n');
const headerEnd = Buffer.from('\r\n\r\n');

/**
 * Reads multipart/form-data as an S3 upload has it: text fields, then one field named `file`. Undefined when the body is
 * no such form: a missing boundary or end, a part without a name, a field given twice. Bytes of the file are never decoded.
 */
export const readUploadForm = (contentType: string, body: Buffer): UploadForm | undefined => {
  const boundary = boundaryOf(contentType);
  const parts = boundary === undefined ? undefined : splitParts(body, boundary);
  if (parts === undefined) return undefined;
  const fields = new Map<string, string>();
  let file: FormFile | undefined;
  let partsAfterFile = 0;
  for (const bytes of parts) {
    const part = readPart(bytes);
    if (part === undefined) return undefined;
    const name = part.name.toLowerCase();
    if (file !== undefined) partsAfterFile += 1;
    else if (name === 'file') file = { filename: part.filename, contentType: part.contentType, body: part.body };
    else if (fields.has(name)) return undefined;
    else fields.set(name, part.body.toString('utf8'));
  }
  return { fields, file, partsAfterFile };
};

/** At most 70 characters (RFC 2046), with or without quotes. */
const boundaryOf = (contentType: string): string | undefined => {
  const match = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  return match?.[1] ?? match?.[2];
};

/** The bytes of each part, headers included. A delimiter counts only at the start of a line and up to its end. */
const splitParts = (body: Buffer, boundary: string): readonly Buffer[] | undefined => {
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  const opening = delimiter.subarray(lineEnd.length);
  if (!body.subarray(0, opening.length).equals(opening)) return undefined;
  const parts: Buffer[] = [];
  let at = opening.length;
  for (;;) {
    const next = body.subarray(at, at + 2).toString('latin1');
    if (next === '--') return parts;
    if (next !== '\r\n') return undefined;
    const start = at + lineEnd.length;
    const end = findDelimiter(body, delimiter, start);
    if (end === undefined) return undefined;
    parts.push(body.subarray(start, end));
    at = end + delimiter.length;
  }
};

/** Bytes of a file may hold the boundary as the start of a longer line: that is no delimiter. */
const findDelimiter = (body: Buffer, delimiter: Buffer, from: number): number | undefined => {
  for (let at = body.indexOf(delimiter, from); at >= 0; at = body.indexOf(delimiter, at + 1)) {
    const next = body.subarray(at + delimiter.length, at + delimiter.length + 2).toString('latin1');
    if (next === '--' || next === '\r\n') return at;
  }
  return undefined;
};

const readPart = (
  bytes: Buffer,
):
  | { readonly name: string; readonly filename: string; readonly contentType: string; readonly body: Buffer }
  | undefined => {
  const end = bytes.indexOf(headerEnd);
  if (end < 0) return undefined;
  const headers = bytes.subarray(0, end).toString('utf8');
  const disposition = /^content-disposition:\s*form-data\b(.*)$/im.exec(headers)?.[1];
  const name = /;\s*name="([^"]*)"/i.exec(disposition ?? '')?.[1];
  if (name === undefined || name === '') return undefined;
  return {
    name: unescapeName(name),
    filename: unescapeName(/;\s*filename="([^"]*)"/i.exec(disposition ?? '')?.[1] ?? ''),
    contentType: /^content-type:\s*(\S+)/im.exec(headers)?.[1] ?? 'application/octet-stream',
    body: bytes.subarray(end + headerEnd.length),
  };
};

/** Browsers write these three characters of a name in this way. */
const unescapeName = (name: string): string =>
  name.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
