import { isAccepted, type OrderReceipt, type Receipt } from '#receipts';
import type { Cloud } from '#run/cloud';
import { callControl } from '#run/control';
import { files, writeIn } from '#run/folder';
import { isRecord, linesOf } from '#run/json';

const exports = {
  orders: files.orders,
  baskets: files.baskets,
  products: files.products,
  'stock-edits': files.edits,
} as const;

/** Writes down everything that is stored. */
export const collectStored = async ({ controlUrl }: Cloud, folder: string): Promise<void> => {
  for (const [what, file] of Object.entries(exports))
    writeIn(folder, file, await callControl(controlUrl, 'GET', `/export/${what}`));
};

/** The accepted orders without a row of which GET says `held`: they have a dead letter, so they are not lost. */
export const findHeld = async (
  { shopApiUrl, controlUrl }: Cloud,
  receipts: readonly Receipt[],
): Promise<readonly string[]> => {
  const stored = new Set(
    linesOf<{ readonly id: string }>(await callControl(controlUrl, 'GET', '/export/orders')).map(({ id }) => id),
  );
  const missing = new Map(
    receipts
      .filter((receipt): receipt is OrderReceipt => receipt.kind === 'order' && isAccepted(receipt))
      .flatMap((receipt) =>
        receipt.id === undefined || stored.has(receipt.id) ? [] : [[receipt.id, receipt] as const],
      ),
  );
  const held: string[] = [];
  for (const [id, { receipt = '' }] of missing) {
    const answer = await fetch(`${shopApiUrl}/orders/${id}`, { headers: { 'Order-Receipt': receipt } });
    const said: unknown = await answer.json();
    if (isRecord(said) && said.status === 'held') held.push(id);
  }
  return held;
};
