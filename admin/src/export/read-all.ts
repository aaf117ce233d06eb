import type { DataProvider, GetListParams, RaRecord } from 'react-admin';

/** Rows of one read. A product has at most 57 KB: fifty stay below the 5 MB that the API puts into one answer, whatever they hold. */
const rowsPerRead = 50;

type What = Pick<GetListParams, 'filter' | 'sort'>;

/**
 * Every record of a list, page after page. What moves between two reads comes once: records are told apart by their ids.
 * Says how far it is, of how many.
 */
export const readAll = async <T extends RaRecord>(
  dataProvider: Pick<DataProvider, 'getList'>,
  resource: string,
  what: What,
  onProgress: (read: number, total: number) => void,
): Promise<readonly T[]> => {
  const records = new Map<T['id'], T>();
  for (let page = 1; ; page += 1) {
    const pagination = { page, perPage: rowsPerRead };
    const { data, total = 0 } = await dataProvider.getList<T>(resource, { ...what, pagination });
    for (const record of data) records.set(record.id, record);
    onProgress(records.size, total);
    if (data.length < rowsPerRead) return [...records.values()];
  }
};
