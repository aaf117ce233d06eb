import type { PictureColours } from '#pictures/palette';
import type { Box } from '#pictures/svg';

/** How a pack is painted, from the product. */
export type Paint = PictureColours & { readonly body: string; readonly lid: string };

/** A drawn vessel on a field of 640: its shapes in order, and the face that a label is put on, where there is one. */
export type Vessel = {
  readonly shapes: string;
  readonly face?: Box;
};

export type Draw = (paint: Paint, size: number) => Vessel;

/** The height of the ground line: 78 % of the field. */
export const groundY = 499;
export const centreX = 320;
