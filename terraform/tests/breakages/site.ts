import { type Breakage, breakage, lax } from './kind.ts';

const site = 'modules/site/main.tf';
const bucket = 'modules/site/bucket.tf';

/** Of modules/site. */
export const siteModule: readonly Breakage[] = [
  breakage('site: pages are served without HTTPS.', site, '"redirect-to-https"', '"allow-all"'),
  breakage(
    'site: the API or pictures are served without HTTPS.',
    site,
    'viewer_protocol_policy   = "https-only"',
    'viewer_protocol_policy   = "allow-all"',
  ),
  breakage('site: CloudFront keeps an error for 10 s', site, 'error_caching_min_ttl = 0', 'error_caching_min_ttl = 10'),
  breakage(
    'site: an error of the API would become a page.',
    site,
    'error_code            = custom_error_response.value',
    'error_code            = custom_error_response.value\n      response_page_path = "/index.html"\n      response_code = 200',
  ),
  breakage(
    'site: the bucket can be made public.',
    bucket,
    'restrict_public_buckets = true',
    'restrict_public_buckets = false',
  ),
  breakage(
    'site: a protected bucket is destroyed with what it holds.',
    bucket,
    'force_destroy = !var.protected',
    'force_destroy = true',
  ),
  breakage(
    'site: the API does not learn who asks',
    'modules/site/edge/api.js',
    "request.headers['x-viewer-ip']",
    "request.headers['x-viewer']",
  ),
  breakage(
    'site: the edge opens its store by a name',
    'modules/site/edge/api.js',
    'cf.kvs()',
    "cf.kvs('penstock-dev-shop')",
  ),
  breakage(
    'site: answers of the API are cached.',
    site,
    'cache_policy_id          = local.caching_disabled',
    'cache_policy_id          = local.caching_optimized',
  ),
  lax('site_with_a_wildcard', 'modules/site/variables.tf', '!strcontains(var.content_security_policy, "*")'),
  breakage(
    'site: the allow-list is not in the function',
    site,
    'is_ipv6_enabled = length(var.networks) == 0',
    'is_ipv6_enabled = true',
  ),
  breakage(
    'site: the bucket is open to a distribution',
    bucket,
    'Sid       = "MissingIsNotFound"\n        Effect    = "Allow"',
    'Sid       = "MissingIsNotFound"\n        Effect    = "Deny"',
  ),
  breakage(
    'site: an origin is asked without HTTPS',
    site,
    '"https-only"\n        origin_ssl_protocols',
    '"match-viewer"\n        origin_ssl_protocols',
  ),
  breakage(
    'site: pages may be asked without HTTPS',
    'modules/site/headers.tf',
    "default-src 'none'; sandbox",
    "default-src 'none'",
  ),
  breakage('site: an own domain still speaks TLS 1.0.', site, '"TLSv1.2_2021"', '"TLSv1"'),
];
