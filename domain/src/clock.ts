/** Time as a collaborator, in milliseconds since 1970. Tests pass a fake one. */
export type Clock = { readonly now: () => number };
/** Chance as a collaborator: a number in [0, 1). */
export type Random = () => number;
