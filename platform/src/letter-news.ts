import { orderIdPattern } from '@penstock/domain/ids';
import { makeRefetchNews, type RefetchNewsDeps } from '#refetch-news';

/**
 * Tells pages that dead letters were written, redriven or discarded: a `refetch` frame to the order of each and one to
 * the office (H1). Never throws.
 */
export type LetterNews = {
  readonly tell: (letters: readonly { readonly id: string }[]) => Promise<void>;
};

export const makeLetterNews = (deps: RefetchNewsDeps): LetterNews => {
  const news = makeRefetchNews(deps);
  return {
    tell: async (letters) => {
      if (letters.length === 0) return;
      const orders = letters.filter(({ id }) => orderIdPattern.test(id)).map(({ id }) => `order/${id}`);
      await news.tell(['staff/dead-letters', ...orders]);
    },
  };
};
