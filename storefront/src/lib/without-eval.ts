/**
 * Keeps zod, which comes later with the checkout, from compiling its checks: the site's policy forbids eval, and even its
 * probe for it is reported as a fault of the page. The global is how zod shares its settings; it must be there before zod is.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
