import { expect, it } from 'vitest';
import { acceptFiles } from '#pictures/accept-files.ts';

const file = (name: string, type: string, content = 'x') => new File([content], name, { type });

it('takes what it can, and says of each other file why not', () => {
  const { taken, faults } = acceptFiles(
    [
      file('a.svg', 'image/svg+xml'),
      file('b.png', 'image/png'),
      file('c.txt', 'text/plain'),
      file('d.png', 'image/png', ''),
    ],
    0,
  );
  expect(taken.map(({ name }) => name)).toEqual(['b.png']);
  expect(faults).toEqual([
    'a.svg was not taken: SVG files cannot be used. Choose a PNG, JPEG, WebP or AVIF file.',
    'c.txt was not taken: choose a PNG, JPEG, WebP or AVIF file.',
    'd.png was not taken: the file is empty.',
  ]);
});

it('takes no more than a product may have', () => {
  const files = [1, 2, 3].map((number) => file(`${number}.png`, 'image/png'));
  expect(acceptFiles(files, 6)).toMatchObject({ faults: ['A product has at most 8 pictures: 1 not taken.'] });
});
