import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { useAnnounce } from '#ui/announcer.tsx';
import { ToastView } from '#ui/toast-view.tsx';
import './toasts.css';

export type Toast = {
  readonly text: string;
  /** What is said to who does not see the page around it, when that is more. */
  readonly said?: string | undefined;
  /** What it is about, such as a product: a newer toast about the same thing takes its place. */
  readonly about?: string | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
};
type Shown = Toast & { readonly key: number };

/** More than these would cover the page of a phone. */
const toastsMax = 2;
const ToastContext = createContext<(toast: Toast) => void>(() => {});

/** Shows a sentence for a few seconds, with one thing to do about it, and says it to who listens to the page. */
export const useToast = (): ((toast: Toast) => void) => useContext(ToastContext);

export const Toasts = ({ children }: { readonly children: ReactNode }) => {
  const announce = useAnnounce();
  const [toasts, setToasts] = useState<readonly Shown[]>([]);
  const drop = useCallback((key: number) => setToasts((all) => all.filter((each) => each.key !== key)), []);
  const show = useCallback(
    (toast: Toast) => {
      setToasts((all) => added(all, { ...toast, key: performance.now() }));
      announce(toast.said ?? toast.text);
    },
    [announce],
  );
  return (
    <ToastContext value={show}>
      {children}
      <section className="toasts" aria-label="Messages">
        {toasts.map((toast) => (
          <ToastView key={toast.key} toast={toast} onGone={() => drop(toast.key)} />
        ))}
      </section>
    </ToastContext>
  );
};

const added = (all: readonly Shown[], toast: Shown): readonly Shown[] => [
  ...all.filter(({ about }) => about === undefined || about !== toast.about).slice(1 - toastsMax),
  toast,
];
