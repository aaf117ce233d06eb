/** Time as a collaborator, in milliseconds since 1970. Tests pass a fake one. */
export type Clock = { readonly now: () => number };
/** Chance as a collaborator: a number in [0, 1). */
export type Random = () => number;
/** Timers as a collaborator; `globalThis` is one. Times in milliseconds. */
export type Timers<Timer> = {
  readonly setTimeout: (act: () => void, ms: number) => Timer;
  readonly clearTimeout: (timer: Timer | undefined) => void;
};
