import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { useAnnounce } from '#ui/announcer.tsx';
import './toasts.css';

export type Toast = {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
};

const showForMs = 8000;
const ToastContext = createContext<(toast: Toast) => void>(() => {});

/** Shows a sentence, with one thing to do about it, for 8 s. */
export const useToast = (): ((toast: Toast) => void) => useContext(ToastContext);

export const Toasts = ({ children }: { readonly children: ReactNode }) => {
  const announce = useAnnounce();
  const [toasts, setToasts] = useState<readonly (Toast & { readonly key: number })[]>([]);
  const drop = useCallback((key: number) => setToasts((all) => all.filter((each) => each.key !== key)), []);
  const show = useCallback(
    (toast: Toast) => {
      const key = performance.now();
      setToasts((all) => [...all.slice(-2), { ...toast, key }]);
      setTimeout(() => drop(key), showForMs);
      announce(toast.text);
    },
    [announce, drop],
  );
  return (
    <ToastContext value={show}>
      {children}
      <section className="toasts" aria-label="Messages">
        {toasts.map(({ key, text, action }) => (
          <div className="toast" key={key}>
            <span>{text}</span>
            {action === undefined ? null : (
              <button
                type="button"
                className="button-quiet"
                onClick={() => {
                  action.run();
                  drop(key);
                }}
              >
                {action.label}
              </button>
            )}
          </div>
        ))}
      </section>
    </ToastContext>
  );
};
