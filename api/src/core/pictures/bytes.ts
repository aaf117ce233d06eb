/** What one format's reader finds out. `end` is where the picture ends by its own account; undefined: it is cut off before. */
export type Walked = {
  readonly width: number;
  readonly height: number;
  readonly end: number | undefined;
  readonly isMoving: boolean;
};

/** Undefined: the bytes are not of this format. */
export type PictureReader = (bytes: Uint8Array) => Walked | undefined;

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const textAt = (bytes: Uint8Array, start: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(start, start + length));
