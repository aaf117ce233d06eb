import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a product's gallery shows, in its order. */
export const views = ['front', 'in-use', 'detail'] as const;
export type View = (typeof views)[number];

/** Widths of every picture in px; pictures are square. */
export const pictureWidths = [320, 640, 960] as const;
export const pictureTypes = ['avif', 'webp'] as const;

/** One file of a picture. */
export type PictureForm = {
  readonly width: (typeof pictureWidths)[number];
  readonly type: (typeof pictureTypes)[number];
};

/** The form that is committed; all others are made by the build. */
export const committedForm: PictureForm = { width: 640, type: 'avif' };

/** All forms, the better type first. */
export const pictureForms: readonly PictureForm[] = pictureTypes.flatMap((type) =>
  pictureWidths.map((width) => ({ width, type })),
);

export const isCommitted = ({ width, type }: PictureForm): boolean =>
  width === committedForm.width && type === committedForm.type;

export const pictureName = (productId: string, view: View, { width, type }: PictureForm): string =>
  `${productId}-${view}-${width}.${type}`;

/** Where the committed form is, and where the build puts the others. */
export const pictureFolders = {
  committed: fileURLToPath(new URL('../pictures/', import.meta.url)),
  built: fileURLToPath(new URL('../dist/pictures/', import.meta.url)),
} as const;

export type PictureFile = PictureForm & {
  /** The file's name, the same in both folders and in the bucket. */
  readonly name: string;
  readonly path: string;
  readonly mime: `image/${PictureForm['type']}`;
};

/** The files of a product's view that are there: the committed one always, the others once the build has made them. */
export const pictureFiles = (productId: string, view: View): readonly PictureFile[] =>
  pictureForms
    .map((form) => {
      const name = pictureName(productId, view, form);
      const folder = isCommitted(form) ? pictureFolders.committed : pictureFolders.built;
      return { ...form, name, path: `${folder}${name}`, mime: `image/${form.type}` as const };
    })
    .filter(({ path }) => existsSync(path));
