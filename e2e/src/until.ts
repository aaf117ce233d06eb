type Truthy<T> = Exclude<T, null | undefined | false | 0 | ''>;

/** Asks again every 50 ms until the answer is truthy, or fails with what it waited for. */
export const until = async <T>(what: string, ask: () => Promise<T> | T, timeoutMs = 15_000): Promise<Truthy<T>> => {
  const end = Date.now() + timeoutMs;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer as Truthy<T>;
      last = answer;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(
    `Waited ${timeoutMs} ms for: ${what}. Last: ${last instanceof Error ? last.message : JSON.stringify(last)}`,
  );
};
