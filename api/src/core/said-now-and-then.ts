/** Keys that are remembered at a time; beyond them the oldest are forgotten and may be said once more. */
const keysMax = 1000;

/**
 * Decides how often something that a client may cause as often as it likes is said: once a key and `everyMs`. `say` is
 * told how many of its kind were kept quiet since the last one.
 */
export const makeNowAndThen = (now: () => number, everyMs: number) => {
  const known = new Map<string, { readonly saidAtMs: number; quiet: number }>();
  return (key: string, say: (quiet: number) => void): void => {
    const last = known.get(key);
    if (last !== undefined && now() - last.saidAtMs < everyMs) {
      last.quiet += 1;
      return;
    }
    known.delete(key);
    known.set(key, { saidAtMs: now(), quiet: 0 });
    const [oldest] = known.keys();
    if (known.size > keysMax && oldest !== undefined) known.delete(oldest);
    say(last?.quiet ?? 0);
  };
};
