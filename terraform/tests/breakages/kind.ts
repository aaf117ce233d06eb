/** An edit of the Terraform that must turn one assertion red. */
export type Breakage = {
  /** How the assertion's message begins, or the name of the run that expects a failure. */
  readonly sign: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
};

export const breakage = (sign: string, file: string, find: string, replace: string): Breakage => ({
  sign,
  file,
  find,
  replace,
});

/** Makes a `validation` let everything pass; its condition must still name the variable. */
export const lax = (run: string, file: string, condition: string): Breakage =>
  breakage(run, file, `condition     = ${condition}`, `condition     = (${condition}) || true`);
