import { limits } from '@penstock/domain/limits';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { BasketRowView } from '#features/basket/components/basket-row-view.tsx';
import { RemovedRow } from '#features/basket/components/removed-row.tsx';
import { type BasketRow, sumOf } from '#lib/basket/basket-rows.ts';
import { useBasket } from '#lib/basket/use-basket.ts';
import { useBasketRows } from '#lib/basket/use-basket-rows.ts';
import { useServices } from '#lib/services.ts';
import { counted } from '#lib/text/format.ts';
import { useAnnounce } from '#ui/announcer.tsx';
import { EmptyBasket } from '#ui/empty-basket.tsx';
import { Gauge } from '#ui/gauge.tsx';
import { Notice } from '#ui/notice.tsx';
import { Price } from '#ui/price.tsx';
import { Slip } from '#ui/slip.tsx';
import './basket.css';

type Removed = Pick<BasketRow, 'productId' | 'name' | 'quantity'>;
type Props = {
  /** The basket is left for another page: a drawer closes. */
  readonly onLeave?: () => void;
};

/** The lines, their sum and the way to the checkout; the same in the drawer and on the page. */
export const BasketContents = ({ onLeave = () => {} }: Props) => {
  const { basket } = useServices();
  const { isLate } = useBasket();
  const rows = useBasketRows();
  const announce = useAnnounce();
  const [removed, setRemoved] = useState<readonly Removed[]>([]);
  const list = useRef<HTMLUListElement>(null);
  const shownRemoved = removed.filter(({ productId }) => !rows.some((row) => row.productId === productId));

  const remove = (row: BasketRow): void => {
    basket.setQuantity(row.productId, 0);
    setRemoved((all) => [...all.filter(({ productId }) => productId !== row.productId), row]);
    announce(`${row.name} removed. Undo is possible for 6 seconds.`);
  };
  const empty = (): void => {
    for (const { productId } of rows) basket.setQuantity(productId, 0);
    setRemoved(rows);
    announce('The basket is empty. Undo is possible for 6 seconds.');
  };
  const undoAll = (): void => {
    for (const { productId, quantity } of shownRemoved) basket.setQuantity(productId, quantity);
    setRemoved([]);
    list.current?.focus();
  };
  const forget = (productId: string): void => setRemoved((all) => all.filter((each) => each.productId !== productId));

  const error = rows.find((row) => row.error !== null && row.product === undefined)?.error;
  if (rows.length === 0 && shownRemoved.length === 0) return <EmptyBasket onLeave={onLeave} />;
  return (
    <div className="basket">
      {isLate ? (
        <Notice tone="signal">Not yet saved. Your basket is kept on this device and sent again by itself.</Notice>
      ) : null}
      {error == null ? null : (
        <Notice tone="signal">
          Prices and stock could not be loaded. Your basket is kept; they are asked for again by themselves.
        </Notice>
      )}
      <Slip title="Basket ticket">
        <ul className="basket-lines" ref={list} tabIndex={-1} aria-label="Basket lines">
          {merged(rows, shownRemoved).map((entry) =>
            'saving' in entry ? (
              <BasketRowView
                key={entry.productId}
                row={entry}
                onQuantity={(quantity) => basket.setQuantity(entry.productId, quantity)}
                onRemove={() => remove(entry)}
                onLeave={onLeave}
              />
            ) : (
              <RemovedRow
                key={`removed-${entry.productId}`}
                name={entry.name}
                onUndo={() => {
                  basket.setQuantity(entry.productId, entry.quantity);
                  forget(entry.productId);
                  list.current?.focus();
                }}
                onExpire={(hadFocus) => {
                  forget(entry.productId);
                  if (hadFocus) keepFocus(list.current);
                }}
              />
            ),
          )}
        </ul>
        <BasketFoot
          rows={rows}
          onLeave={onLeave}
          onEmpty={empty}
          onUndoAll={shownRemoved.length > 1 ? undoAll : undefined}
        />
      </Slip>
    </div>
  );
};

/** Rows and removed ones in one order, so that nothing jumps when a line goes or comes back. */
const merged = (rows: readonly BasketRow[], removed: readonly Removed[]): readonly (BasketRow | Removed)[] =>
  [...rows, ...removed.map(({ productId, name, quantity }) => ({ productId, name, quantity }))].sort((left, right) =>
    left.productId < right.productId ? -1 : 1,
  );

type FootProps = {
  readonly rows: readonly BasketRow[];
  readonly onLeave: () => void;
  readonly onEmpty: () => void;
  /** While several lines can be brought back. */
  readonly onUndoAll: (() => void) | undefined;
};

const BasketFoot = ({ rows, onLeave, onEmpty, onUndoAll }: FootProps) => {
  const sum = sumOf(rows);
  const orderable = rows.filter(({ unavailable }) => !unavailable);
  const isTooMany = orderable.length > limits.orderLinesMax;
  const hint = useLargeBasketHint(orderable.length);
  return (
    <div className="basket-foot">
      {hint === undefined ? null : <Notice tone="signal">{hint}</Notice>}
      <p className="basket-sum">
        <span className="basket-count">
          <Gauge level={orderable.length / limits.orderLinesMax} isLow={isTooMany} />
          {counted(orderable.length, 'product')}
        </span>
        <span>Total</span>
        <strong>{sum === undefined ? '…' : <Price money={sum} />}</strong>
      </p>
      {orderable.length === 0 || isTooMany ? null : (
        <Link to="/checkout" className="button button-main" onClick={onLeave}>
          Check out
        </Link>
      )}
      {rows.length < 2 ? null : (
        <button type="button" className="button-quiet" onClick={onEmpty}>
          Empty the basket
        </button>
      )}
      {onUndoAll === undefined ? null : (
        <button type="button" className="button-quiet" onClick={onUndoAll}>
          Undo all
        </button>
      )}
    </div>
  );
};

/** The list is gone with its last line: the focus goes to what heads the basket, on the page or in the drawer. */
const keepFocus = (list: HTMLElement | null): void => {
  const room = list?.closest<HTMLElement>('dialog, main');
  list?.focus();
  requestAnimationFrame(() => {
    if (document.activeElement === document.body)
      (room?.querySelector<HTMLElement>('h1, h2[tabindex]') ?? room)?.focus();
  });
};

const useLargeBasketHint = (products: number): string | undefined => {
  const announce = useAnnounce();
  const over = products - limits.orderLinesMax;
  const hint =
    over <= 0
      ? undefined
      : `One order takes at most ${limits.orderLinesMax} products. Remove ${over} and order them afterwards.`;
  useEffect(() => {
    if (hint !== undefined) announce(hint);
  }, [announce, hint]);
  return hint;
};
