import { describe, expect, it } from 'vitest';
import { readUploadForm } from '#objects/multipart-form';

const boundary = '----WebKitFormBoundary7MA4YWxkTrZu0gW';
const type = `multipart/form-data; boundary=${boundary}`;
const part = (headers: string, body: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`--${boundary}\r\n${headers}\r\n\r\n`), Buffer.from(body), Buffer.from('\r\n')]);
const form = (...parts: readonly Buffer[]): Buffer => Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
const keyField = part('Content-Disposition: form-data; name="key"', 'incoming/1');
const fileHeaders = 'Content-Disposition: form-data; name="file"; filename="a.webp"\r\nContent-Type: image/webp';

describe('readUploadForm', () => {
  it('keeps every byte of a file, with line ends and with the boundary itself inside', () => {
    const bytes = Buffer.concat([
      Buffer.from(Array.from({ length: 256 }, (_, index) => index)),
      Buffer.from(`\r\n\r\n--${boundary} not a delimiter\r\n--${boundary}X\r\n`),
    ]);
    const read = readUploadForm(type, form(keyField, part(fileHeaders, bytes)));
    expect(read?.file?.body.equals(bytes)).toBe(true);
    expect(read?.file).toMatchObject({ filename: 'a.webp', contentType: 'image/webp' });
    expect(read?.fields.get('key')).toBe('incoming/1');
  });

  it('reads 5 MB within a second', () => {
    const bytes = Buffer.alloc(5 * 1024 * 1024, '\r\n--');
    const startedAt = performance.now();
    expect(readUploadForm(type, form(keyField, part(fileHeaders, bytes)))?.file?.body.length).toBe(bytes.length);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it('reads what fetch and FormData write', async () => {
    const data = new FormData();
    data.set('Key "quoted"', 'ü');
    data.set('file', new Blob([new Uint8Array([0, 13, 10, 255])], { type: 'image/png' }), 'b.png');
    const sent = new Request('http://127.0.0.1/', { method: 'POST', body: data });
    const read = readUploadForm(sent.headers.get('content-type') ?? '', Buffer.from(await sent.arrayBuffer()));
    expect(read?.fields.get('key "quoted"')).toBe('ü');
    expect([...(read?.file?.body ?? [])]).toEqual([0, 13, 10, 255]);
  });

  it('counts parts behind the file and does not read them', () => {
    const read = readUploadForm(type, form(part(fileHeaders, 'x'), keyField));
    expect(read).toMatchObject({ partsAfterFile: 1 });
    expect(read?.fields.size).toBe(0);
  });

  it.each([
    ['without a boundary', 'multipart/form-data', form(keyField)],
    ['without an end', type, keyField],
    ['cut off in the file', type, part(fileHeaders, 'x').subarray(0, -1)],
    ['that is empty', type, Buffer.alloc(0)],
    ['with a field given twice', type, form(keyField, keyField)],
    ['with a part that has no name', type, form(part('Content-Disposition: form-data', 'x'))],
  ])('refuses a form %s', (_name, contentType, body) => {
    expect(readUploadForm(contentType, body)).toBeUndefined();
  });
});
