import type { DataProvider, fetchUtils } from 'react-admin';

type HttpClient = typeof fetchUtils.fetchJson;

/**
 * getList that also says, as `meta.capped`, that there are more records than the total counts: react-admin's own REST
 * dialect reads one header only.
 */
export const withCappedTotals =
  (makeRest: (client: HttpClient) => DataProvider, client: HttpClient): DataProvider['getList'] =>
  async (resource, params) => {
    let capped = false;
    const listening: HttpClient = async (url, options) => {
      const answer = await client(url, options);
      capped = answer.headers.get('X-Total-Capped') === 'true';
      return answer;
    };
    const answer = await makeRest(listening).getList(resource, params);
    return capped ? { ...answer, meta: { ...answer.meta, capped } } : answer;
  };
