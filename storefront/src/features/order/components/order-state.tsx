import type { ShortLine } from '@penstock/domain/order';
import { Link } from 'react-router';
import { explanationOf, refusedMoveWords, shortLineWords } from '#features/order/api/order-texts.ts';
import type { AnyOrder } from '#features/order/api/use-order.ts';
import { Timeline } from '#features/order/components/timeline.tsx';
import type { KeptReceipt } from '#lib/orders/receipts.ts';
import { useNow, waitLeftMs } from '#lib/orders/wait.ts';
import { useProducts } from '#lib/products/use-products.ts';
import { Notice } from '#ui/notice.tsx';

type Props = { readonly order: AnyOrder; readonly kept: KeptReceipt | undefined };

/** What the state means, what is short, what was refused, and the gates that the order passes. */
export const OrderState = ({ order, kept }: Props) => {
  const nowMs = useNow(order.status === 'accepted' && kept?.estimatedWaitMs !== undefined);
  const waitMs = kept === undefined ? undefined : waitLeftMs(kept, nowMs);
  const refusedMove = 'refusedMove' in order ? order.refusedMove : undefined;
  const isRefused = order.status === 'rejected';
  const drawing = drawings[order.status];
  return (
    <div className="order-state">
      {drawing === undefined ? null : <span className={`drawing drawing-${drawing}`} aria-hidden="true" />}
      <Notice tone={toneOf(order)}>
        <p>{explanationOf(order, waitMs)}</p>
        {'shortLines' in order && order.shortLines !== undefined ? (
          <ShortLines lines={order.shortLines} names={namesOf(order)} />
        ) : null}
        {isRefused ? (
          <p>
            <Link to="/basket" className="button">
              Back to the basket
            </Link>
          </p>
        ) : null}
      </Notice>
      {refusedMove === undefined ? null : <Notice tone="signal">{refusedMoveWords(refusedMove.status)}</Notice>}
      <Timeline order={order} />
    </div>
  );
};

/** States that need the shopper have a drawing. */
const drawings: Readonly<Partial<Record<AnyOrder['status'], string>>> = { held: 'held', rejected: 'refused' };

const toneOf = ({ status }: AnyOrder): 'refused' | 'signal' | 'ok' | 'plain' => {
  if (status === 'rejected') return 'refused';
  if (status === 'held') return 'signal';
  return status === 'accepted' || status === 'cancelled' ? 'plain' : 'ok';
};

const namesOf = (order: AnyOrder): ReadonlyMap<string, string> =>
  new Map(
    'lines' in order
      ? order.lines.flatMap(({ productId, name }) => (name === undefined ? [] : [[productId, name]]))
      : [],
  );

const ShortLines = ({
  lines,
  names,
}: {
  readonly lines: readonly ShortLine[];
  readonly names: ReadonlyMap<string, string>;
}) => {
  const products = useProducts(lines.map(({ productId }) => productId).filter((id) => !names.has(id)));
  return (
    <ul>
      {lines.map((line) => (
        <li key={line.productId}>
          <bdi>{names.get(line.productId) ?? products.get(line.productId)?.product?.name ?? line.productId}</bdi>:{' '}
          {shortLineWords(line)}.
        </li>
      ))}
    </ul>
  );
};
