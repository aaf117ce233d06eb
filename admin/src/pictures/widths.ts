/** The widths that a browser makes of a picture, in CSS pixels (contract: three WebP widths). */
const pictureWidths = [320, 640, 960] as const;

/** The widths to draw for a picture of this width: never larger than the picture itself, each once. */
export const widthsFor = (width: number): readonly number[] => [
  ...new Set(pictureWidths.map((each) => Math.min(each, width))),
];

/** WebP files of a picture, smallest first. Throws a sentence when the browser cannot read the file. */
export const drawWidths = async (file: File): Promise<readonly Blob[]> => {
  const bitmap = await createImageBitmap(file).catch((cause: unknown) => {
    throw new Error(`${file.name} could not be read as a picture. Choose a PNG, JPEG, WebP or AVIF file.`, { cause });
  });
  const blobs: Blob[] = [];
  for (const width of widthsFor(bitmap.width)) blobs.push(await draw(bitmap, width));
  bitmap.close();
  return blobs;
};

const draw = (bitmap: ImageBitmap, width: number): Promise<Blob> => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = Math.max(1, Math.round((bitmap.height * width) / bitmap.width));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The browser could not write a WebP picture.')) : resolve(blob)),
      'image/webp',
      0.86,
    );
  });
};
