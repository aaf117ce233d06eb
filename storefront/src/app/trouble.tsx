import { PageFault } from '#app/page-fault.tsx';
import { PartMissing } from '#app/part-missing.tsx';
import { ChunkError } from '#lib/chunk-error.ts';

/** What stands in place of a page that could not be shown. */
export const Trouble = ({ error }: { readonly error: Error }) =>
  error instanceof ChunkError ? <PartMissing /> : <PageFault />;
