import { useEffect, useRef, useState } from 'react';
import type { Toast } from '#ui/toasts.tsx';

const showForMs = 5000;

type Props = { readonly toast: Toast; readonly onGone: () => void };

/** One message. It stays for as long as it is pointed at or has the focus. */
export const ToastView = ({ toast: { text, action }, onGone }: Props) => {
  const [isHeld, setHeld] = useState(false);
  const gone = useRef(onGone);
  useEffect(() => {
    gone.current = onGone;
  });
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(() => gone.current(), showForMs);
    return () => clearTimeout(timer);
  }, [isHeld]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing is done here; who reads it is given time.
    <div
      className="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{text}</span>
      {action === undefined ? null : (
        <button
          type="button"
          className="button-quiet"
          onClick={() => {
            action.run();
            onGone();
          }}
        >
          {action.label}
        </button>
      )}
    </div>
  );
};
