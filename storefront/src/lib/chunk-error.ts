/** A part of the shop's own code did not arrive: offline, or a release that no longer has it. */
export class ChunkError extends Error {
  constructor(cause: unknown) {
    super('A part of the shop could not be loaded.', { cause });
    this.name = 'ChunkError';
  }
}
