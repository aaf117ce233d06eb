import type { Finding, StoredProduct } from '#audit/stored';
import type { SeenReceipt } from '#receipts';

/** A change this shortly before a client closed may still have been on its way. */
const onItsWayMs = 5000;

/** Socket clients against what is stored: stale is one whose last rev of a product lies below the stored one. */
export const auditClients = (
  receipts: readonly SeenReceipt[],
  products: readonly StoredProduct[],
): { readonly stale: readonly Finding[]; readonly compared: number } => {
  const stale: Finding[] = [];
  let compared = 0;
  for (const { client, atMs, topics } of receipts)
    for (const product of products) {
      const seen = topics[`product/${product.id}`];
      if (seen === undefined || Date.parse(product.updatedAt) > atMs - onItsWayMs) continue;
      compared += 1;
      if (seen < product.rev)
        stale.push({
          id: `${client}/${product.id}`,
          says: `${client} ended at rev ${seen} of ${product.id}, stored is ${product.rev}`,
        });
    }
  return { stale, compared };
};
