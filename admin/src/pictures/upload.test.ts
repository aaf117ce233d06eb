import type { CompletedUpload } from '@penstock/domain/admin';
import { describe, expect, it } from 'vitest';
import { type FormPicture, makeUploadNewPictures } from '#pictures/upload.ts';

const fileOf = (name: string) => new File([name], name, { type: 'image/png' });
const newPicture = (name: string): FormPicture => ({ file: fileOf(name), alt: name });

const room = (failOnce = '') => {
  let sending = 0;
  let fails = failOnce;
  const seen = { most: 0, calls: [] as string[] };
  const upload = makeUploadNewPictures({
    draw: async () => [320, 640, 960].map((width) => new Blob([String(width)], { type: 'image/webp' })),
    send: async (blob, name): Promise<CompletedUpload> => {
      sending += 1;
      seen.most = Math.max(seen.most, sending);
      seen.calls.push(name);
      await new Promise((resolve) => setTimeout(resolve, 1));
      sending -= 1;
      if (name === fails) {
        fails = '';
        throw new Error(`${name} was not taken`);
      }
      const width = Number(await blob.text());
      return { src: `/${name}-${width}.webp`, width, height: width, type: 'image/webp' };
    },
  });
  return { upload, seen };
};

describe('the pictures of a form', () => {
  it('go three files at a time and come back in their order', async () => {
    const { upload, seen } = room();
    const stored = { alt: 'kept', width: 1, height: 1, src: '/kept.webp', sources: [] };
    const { images } = await upload({
      images: [newPicture('a.png'), stored, newPicture('b.png'), newPicture('c.png')],
    });
    expect(images.map((image) => 'src' in image && image.src)).toEqual([
      '/a.png-960.webp',
      '/kept.webp',
      '/b.png-960.webp',
      '/c.png-960.webp',
    ]);
    expect([seen.most, seen.calls.length]).toEqual([3, 9]);
  });

  it('are sent once: after one was refused the next save sends that one alone', async () => {
    const { upload, seen } = room('b.png');
    const form = { images: [newPicture('a.png'), newPicture('b.png')] };
    await expect(upload(form)).rejects.toThrow('b.png was not taken');
    await new Promise((resolve) => setTimeout(resolve, 20));
    seen.calls.length = 0;
    const first = await upload(form);
    expect(new Set(seen.calls)).toEqual(new Set(['b.png']));
    expect(await upload(form)).toEqual(first);
  });
});
