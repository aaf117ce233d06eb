import simpleRestProvider from 'ra-data-simple-rest';
import { type DataProvider, withLifecycleCallbacks } from 'react-admin';
import type { Config } from '#config.ts';
import { withCappedTotals } from '#data/capped-total.ts';
import { httpClient } from '#data/http-client.ts';
import { browserSteps, makeUploadNewPictures } from '#pictures/upload.ts';

/** Ids of one getMany request: API Gateway takes 10,240 bytes of request line and headers (facts). */
const idsPerRequest = 100;

/** react-admin's own REST dialect, counted by X-Total-Count so that list reads need no preflight. */
export const makeDataProvider = (config: Config): DataProvider => {
  const restOver = (client: typeof httpClient) => simpleRestProvider(config.apiUrl, client, 'X-Total-Count');
  const rest = restOver(httpClient);
  const chunked: DataProvider = {
    ...rest,
    supportAbortSignal: true,
    getList: withCappedTotals(restOver, httpClient),
    getMany: async (resource, params) => {
      const chunks = chunksOf(params.ids, idsPerRequest);
      const answers = await Promise.all(chunks.map((ids) => rest.getMany(resource, { ...params, ids })));
      return { data: answers.flatMap((answer) => answer.data) };
    },
  };
  const uploadNewPictures = makeUploadNewPictures(browserSteps(config.apiUrl));
  return withLifecycleCallbacks(chunked, [{ resource: 'products', beforeSave: uploadNewPictures }]);
};

/** A list cut into pieces of at most `size`. */
export const chunksOf = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
