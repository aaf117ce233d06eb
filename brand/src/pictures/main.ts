/**
 * Makes the pictures of the catalogue. The same data gives the same bytes.
 * Usage: node src/pictures/main.ts [--all]. Alone, as the build calls it: what is not committed, into dist/pictures. With
 * --all the committed AVIF at 640 px and the contact sheet of docs/pictures too.
 */
import { writeFileSync } from 'node:fs';
import { isCommitted } from '#picture-files';
import { contactSheet } from '#pictures/contact-sheet';
import { jobsOf, makePictures } from '#pictures/make';

const isAll = process.argv.includes('--all');
const startedAt = Date.now();
const { encoded, kept, bytes } = await makePictures(jobsOf((form) => isAll || !isCommitted(form)));
if (isAll) writeFileSync(new URL('../../../docs/pictures/contact-sheet.webp', import.meta.url), await contactSheet());
console.error(
  `${encoded} pictures made (${(bytes / 1e6).toFixed(1)} MB), ${kept} kept, ${Math.round((Date.now() - startedAt) / 1000)} s`,
);
