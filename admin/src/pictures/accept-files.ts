import { limits } from '@penstock/domain/limits';

/** What a browser can read and shrink. An SVG may carry scripts, so it is none of them. */
export const acceptedTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/avif'] as const;
/** The browser shrinks pictures before it sends them, so the choice may be larger than the upload. */
const chosenBytesMax = 4 * limits.uploadBytesMax;
/** A product has at most 8 pictures. */
const picturesMax = 8;

type Chosen = { readonly taken: readonly File[]; readonly faults: readonly string[] };

/** The files that a product can take beside the pictures that it has; a word for each of the others. */
export const acceptFiles = (files: readonly File[], pictures: number): Chosen => {
  const faults: string[] = [];
  const taken = files.filter((file) => {
    const fault = faultOf(file);
    if (fault !== undefined) faults.push(`${file.name} was not taken: ${fault}`);
    return fault === undefined;
  });
  const room = Math.max(0, picturesMax - pictures);
  if (taken.length > room)
    faults.push(`A product has at most ${picturesMax} pictures: ${taken.length - room} not taken.`);
  return { taken: taken.slice(0, room), faults };
};

const faultOf = ({ type, size }: File): string | undefined => {
  if (type === 'image/svg+xml') return 'SVG files cannot be used. Choose a PNG, JPEG, WebP or AVIF file.';
  if (!acceptedTypes.some((each) => each === type)) return 'choose a PNG, JPEG, WebP or AVIF file.';
  if (size === 0) return 'the file is empty.';
  return size > chosenBytesMax ? 'choose a file of at most 20 MB.' : undefined;
};
