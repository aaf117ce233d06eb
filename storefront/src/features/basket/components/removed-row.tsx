import { useEffect, useRef } from 'react';

type Props = {
  readonly name: string;
  readonly onUndo: () => void;
  readonly onExpire: (hadFocus: boolean) => void;
};

const undoForMs = 6000;

/** Stands for 6 s where a line was; the focus moves from its Remove button to Undo. */
export const RemovedRow = ({ name, onUndo, onExpire }: Props) => {
  const button = useRef<HTMLButtonElement>(null);
  const expire = useRef(onExpire);
  useEffect(() => {
    expire.current = onExpire;
  });
  useEffect(() => {
    const undo = button.current;
    undo?.focus({ preventScroll: true });
    const timer = setTimeout(() => expire.current(undo === document.activeElement), undoForMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <li className="basket-line basket-removed">
      <span>
        <bdi>{name}</bdi> removed.
      </span>
      <button type="button" className="button-quiet" ref={button} onClick={onUndo}>
        Undo
      </button>
    </li>
  );
};
