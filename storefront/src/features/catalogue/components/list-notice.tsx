import type { CatalogueFilter } from '#features/catalogue/api/catalogue-filter.ts';
import type { ShownCatalogue } from '#features/catalogue/api/use-catalogue.ts';
import { NothingFound } from '#features/catalogue/components/nothing-found.tsx';
import { Fault } from '#ui/fault.tsx';
import { Notice } from '#ui/notice.tsx';
import { Offline } from '#ui/offline.tsx';

type Props = {
  readonly shown: ShownCatalogue;
  readonly filter: CatalogueFilter;
  readonly onClear: () => void;
  readonly onFirst: () => void;
};

/** What is wrong with the list and which one is shown meanwhile, or that there is nothing in it. */
export const ListNotice = ({ shown: { page, isEarlier, isPaused, trouble }, ...empty }: Props) => {
  const kept = isEarlier
    ? 'Below is the list from before; what you chose is kept and shown as soon as there is an answer.'
    : 'Below is the list as it was last known.';
  if (trouble !== undefined)
    return <Fault what="The list" trouble={trouble} kept={page === undefined ? undefined : kept} />;
  if (isPaused && page === undefined) return <Offline what="The catalogue" />;
  if (isPaused && isEarlier) return <Notice tone="signal">Offline. {kept}</Notice>;
  return page?.items.length === 0 && !isEarlier ? <NothingFound {...empty} total={page.total} /> : null;
};
