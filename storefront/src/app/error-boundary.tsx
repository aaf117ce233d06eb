import { Component, type ErrorInfo, type ReactNode, Suspense } from 'react';
import { lazyPart } from '#lib/lazy-part.ts';

type Props = {
  readonly children: ReactNode;
  /** Shown in place of the fault, for what a page can do without. */
  readonly fallback?: ReactNode;
};
type State = { readonly error: Error | undefined };

/** Not in the first load, but fetched right after it: when it is needed, it is often too late to fetch anything. */
const Trouble = lazyPart<{ readonly error: Error }>(() =>
  import('#app/trouble.tsx').then(
    (part) => part.Trouble,
    () => WithoutWords,
  ),
);

const WithoutWords = () => <p role="alert">The shop cannot be reached. Your basket and your orders are kept.</p>;

/** Catches a fault of a page. The shop around it stays, and so does the basket. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override componentDidMount(): void {
    void Trouble.preload();
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error('A page could not be shown.', error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    const { children, fallback } = this.props;
    if (error === undefined) return children;
    if (fallback !== undefined) return fallback;
    return (
      <Suspense fallback={<WithoutWords />}>
        <Trouble error={error} />
      </Suspense>
    );
  }
}
