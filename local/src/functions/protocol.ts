/** What passes between a function instance (a worker thread) and its pool. */
export type InvokeMessage = {
  readonly kind: 'invoke';
  readonly id: number;
  readonly event: unknown;
  readonly requestId: string;
  /** Milliseconds since 1970 at which the event's time is up. */
  readonly deadlineMs: number;
};

/** The cloud is ending: whoever asks how much time is left hears of next to none. */
export type HurryMessage = { readonly kind: 'hurry'; readonly deadlineMs: number };

export type InstanceMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'broken'; readonly error: FunctionError }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: FunctionError };

/** How Lambda tells an error: type and message, no stack to the caller. */
export type FunctionError = { readonly errorType: string; readonly errorMessage: string };

export type InstanceData = { readonly bundle: string; readonly functionName: string; readonly memoryMb: number };

export const functionErrorOf = (error: unknown): FunctionError =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message }
    : { errorType: 'Error', errorMessage: String(error) };
