import { describe, expect, it } from 'vitest';
import { makeAdminRoom } from '#testing/admin-room';
import { png } from '#testing/pictures';

const ask = (room: ReturnType<typeof makeAdminRoom>, body: unknown) => room.call('POST /uploads', { body });
const complete = (room: ReturnType<typeof makeAdminRoom>, id: string) =>
  room.call('POST /uploads/{id}/complete', { parameters: { id }, body: {} });

describe('uploading a picture', () => {
  it('signs a form, and publishes the bytes under their hash once they are a picture', async () => {
    const room = makeAdminRoom();
    const { status, body } = await ask(room, { contentType: 'image/png', size: 69 });
    expect([status, body.fields.key]).toEqual([201, `incoming/${body.id}`]);
    room.incoming.set(body.id, png(640, 480));
    const done = await complete(room, body.id);
    expect(done).toMatchObject({ status: 200, body: { width: 640, height: 480, type: 'image/png' } });
    expect(done.body.src).toMatch(/^\/images\/[0-9a-f]{32}-640\.png$/);
    expect([...room.published.keys()]).toEqual([done.body.src.slice('/images/'.length)]);
    expect(room.incoming.size).toBe(0);
    expect((await complete(room, body.id)).body.code).toBe('record-not-found');
  });

  it('throws away what is no picture, whatever it was called', async () => {
    const room = makeAdminRoom();
    const { body } = await ask(room, { contentType: 'image/png', size: 40 });
    room.incoming.set(body.id, Buffer.from('<script>alert(1)</script>'.padEnd(40)));
    expect(await complete(room, body.id)).toMatchObject({ status: 422, body: { violations: [{ pointer: '/file' }] } });
    expect([room.incoming.size, room.published.size]).toEqual([0, 0]);
  });

  it.each([
    ['the first 26 bytes of a PNG', png(640, 480).subarray(0, 26), 'cut off'],
    ['a PNG with a script behind its end', Buffer.concat([png(9, 9), Buffer.from('<script>')]), 'behind the end'],
    ['a PNG of 10,000 by 10,000 pixels', png(10_000, 10_000), '16 megapixels'],
  ])('publishes nothing of %s, and says why', async (_what, bytes, words) => {
    const room = makeAdminRoom();
    const { body } = await ask(room, { contentType: 'image/png', size: bytes.length });
    room.incoming.set(body.id, bytes);
    const answer = await complete(room, body.id);
    expect([answer.status, answer.body.errors.file]).toEqual([422, expect.stringContaining(words)]);
    expect([room.incoming.size, room.published.size]).toEqual([0, 0]);
  });

  it.each([
    [{ contentType: 'image/svg+xml', size: 10 }, 'contentType'],
    [{ contentType: 'image/png', size: 0 }, 'size'],
    [{ contentType: 'image/png', size: 5 * 1024 * 1024 + 1 }, 'size'],
    [{ contentType: 'image/png', size: 10, key: 'public/x' }, 'key'],
  ])('%j is named', async (body, field) => {
    const answer = await ask(makeAdminRoom(), body);
    expect([answer.status, Object.keys(answer.body.errors)]).toEqual([422, [field]]);
  });

  it.each(['../public/x', 'nonsense', 'x'.repeat(3000)])('an upload of nothing is 404: %.20s', async (id) => {
    expect((await complete(makeAdminRoom(), id)).body.code).toBe('record-not-found');
  });
});
