import { NotFound } from '#ui/not-found.tsx';

/** An address that the shop does not have. */
export const Nowhere = () => <NotFound title="Page not found">There is nothing at this address.</NotFound>;
