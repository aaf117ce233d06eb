import type { ApiDocument } from '#openapi/document';
export const makePage = (d: ApiDocument) => JSON.stringify(d);
