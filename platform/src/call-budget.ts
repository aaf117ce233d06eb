/** A call outlasted the budget of all its tries. Transient: whether it was done is not known. */
export class BudgetSpent extends Error {
  constructor(budgetMs: number) {
    super(`No answer within ${budgetMs} ms, all tries together.`);
    // The name by which a time-out of a single try is known too.
    this.name = 'TimeoutError';
  }
}

/** Middleware for the outermost step of an SDK client: a call ends after this long, whatever its tries still do. */
export const callBudget =
  (budgetMs: number) =>
  <Args, Output>(next: (args: Args) => Promise<Output>) =>
  async (args: Args): Promise<Output> => {
    let timer: NodeJS.Timeout | undefined;
    const spent = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new BudgetSpent(budgetMs)), budgetMs);
    });
    try {
      return await Promise.race([next(args), spent]);
    } finally {
      clearTimeout(timer);
    }
  };
