import type { CataloguePage } from '@penstock/domain/catalogue';
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { type CatalogueFilter, writeFilter } from '#features/catalogue/api/catalogue-filter.ts';
import { useTopic } from '#lib/live/use-topic.ts';
import type { Http } from '#lib/net/http.ts';
import { type ProductPatch, patchesIn, patchProduct } from '#lib/products/patches.ts';
import { useServices } from '#lib/services.ts';
import { retryQuietly, type Trouble, useTryAgain } from '#lib/use-try-again.ts';

/** Patches kept for answers that are older than the frame that brought them. */
const patchesMax = 500;
/** A catalogue answer behind a frame is asked again after this, at most so many times (H2). */
const behindAfterMs = 1500;
const behindTriesMax = 4;
/** The list's order, facets and new products follow the frames at this pace: a flood of sales must not become a flood of reads. */
const followEveryMs = 20_000;

/** Four rows of seven: every row of the grid is full, and sixty products end with four. */
const pageSize = 28;

const catalogueKey = ['products'] as const;

/** One page of the catalogue. `heard` is told the rev of each answer. */
export const catalogueQuery = (http: Http, filter: CatalogueFilter, heard?: Heard) => {
  const params = writeFilter(filter);
  params.set('pageSize', String(pageSize));
  const query = params.toString();
  return queryOptions({
    queryKey: [...catalogueKey, query],
    queryFn: async ({ signal }) => {
      const { body } = await http<CataloguePage>('GET', `/products?${query}`, { signal });
      heard?.answered(body.rev);
      return body;
    },
  });
};

export type ShownCatalogue = {
  /** The page that the URL names or, until that has come, the last one that came. */
  readonly page: CataloguePage | undefined;
  /** The page is that of an earlier address. */
  readonly isEarlier: boolean;
  /** Nothing is asked because this device is offline. */
  readonly isPaused: boolean;
  readonly trouble: Trouble | undefined;
};

/** The list for a URL. What is known stays until there is something newer; prices and stock follow the frames. */
export const useCatalogue = (filter: CatalogueFilter): ShownCatalogue => {
  const { http } = useServices();
  const client = useQueryClient();
  const heard = useMemo(() => makeHeard(() => void client.invalidateQueries({ queryKey: catalogueKey })), [client]);
  useEffect(() => heard.stop, [heard]);
  const refetch = (): void => void client.invalidateQueries({ queryKey: catalogueKey });
  useTopic('catalogue', {
    onReady: refetch,
    onRefetch: () => heard.refetchSoon(behindAfterMs),
    onChange: ({ rev, data }) => {
      heard.changed(rev, patchesIn(data));
      client.setQueriesData<CataloguePage>(
        { queryKey: catalogueKey },
        (page) => page && patchPage(page, heard.patches),
      );
    },
  });
  const question = useQuery({
    ...catalogueQuery(http, filter, heard),
    placeholderData: keepPreviousData,
    select: (page) => patchPage(page, heard.patches),
    retry: retryQuietly,
  });
  const [last, setLast] = useState(question.data);
  if (question.data !== undefined && question.data !== last) setLast(question.data);
  return {
    page: question.data ?? last,
    isEarlier: question.isPlaceholderData || question.data === undefined,
    isPaused: question.fetchStatus === 'paused',
    trouble: useTryAgain(question),
  };
};

type Heard = ReturnType<typeof makeHeard>;

/** What the topic has said since the page was opened, and when the list must be asked again because of it. */
const makeHeard = (refetch: () => void) => {
  const patches = new Map<string, ProductPatch>();
  let highestRev = 0;
  let behindTries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refetchSoon = (afterMs: number): void => {
    // Spread, so that every open page does not ask in the same moment.
    timer ??= setTimeout(
      () => {
        timer = undefined;
        refetch();
      },
      afterMs + Math.random() * afterMs,
    );
  };
  return {
    patches,
    refetchSoon,
    changed: (rev: number, changes: readonly ProductPatch[]): void => {
      highestRev = Math.max(highestRev, rev);
      for (const patch of changes) {
        const known = patches.get(patch.id);
        if (known !== undefined && known.rev >= patch.rev) continue;
        patches.delete(patch.id);
        patches.set(patch.id, patch);
        const oldest = patches.keys().next().value;
        if (patches.size > patchesMax && oldest !== undefined) patches.delete(oldest);
      }
      refetchSoon(followEveryMs);
    },
    answered: (rev: number): void => {
      behindTries = rev < highestRev ? behindTries + 1 : 0;
      if (rev < highestRev && behindTries <= behindTriesMax) refetchSoon(behindAfterMs);
    },
    stop: (): void => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
};

const patchPage = (page: CataloguePage, patches: ReadonlyMap<string, ProductPatch>): CataloguePage => {
  const items = page.items.map((item) => patchProduct(item, patches.get(item.id)));
  return items.every((item, index) => item === page.items[index]) ? page : { ...page, items };
};
