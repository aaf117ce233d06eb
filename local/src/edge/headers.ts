export type SiteAddresses = { readonly api: string; readonly socket: string; readonly objects: string };

/** Headers of every page, as the distribution's response headers policy sets them. The CSP names exact hosts only. */
export const siteHeaders = ({ api, socket, objects }: SiteAddresses): Readonly<Record<string, string>> => ({
  'content-security-policy': [
    "default-src 'self'",
    `connect-src 'self' ${[api, socket, objects].filter((host) => host !== '').join(' ')}`,
    "img-src 'self' blob: data:",
    "style-src 'self' 'unsafe-inline'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
});

/** Pictures were uploaded by people: whatever they hold, a browser may only draw it. */
export const pictureHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'public, max-age=31536000, immutable',
};
