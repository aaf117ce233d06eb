/** What the label writer uses of opentype.js, which ships no types. */
declare module 'opentype.js' {
  export type PathCommand = {
    readonly type: string;
    readonly x?: number;
    readonly y?: number;
    readonly x1?: number;
    readonly y1?: number;
    readonly x2?: number;
    readonly y2?: number;
  };
  type Path = { readonly commands: readonly PathCommand[] };
  type Font = {
    getAdvanceWidth: (text: string, size: number) => number;
    getPath: (text: string, x: number, y: number, size: number) => Path;
  };
  const opentype: { parse: (bytes: ArrayBuffer) => Font };
  // biome-ignore lint/style/noDefaultExport: the library has a default export.
  export default opentype;
}
