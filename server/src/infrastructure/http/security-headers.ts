/** Headers of every answer. The policy for pages is stricter and is made for each (`contentSecurityPolicy`). */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = Object.freeze({
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
});

/** Only outside `debug`: a development server on http must not pin the browser to https. */
export const STRICT_TRANSPORT_SECURITY = 'max-age=31536000; includeSubDomains';

/**
 * The policy of the client's pages: nothing from another origin, no inline script, styles only from
 * files and from elements that carry this answer's nonce. KaTeX positions by inline style attributes.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    "worker-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "connect-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types angular angular#bundler angular#unsafe-bypass dompurify lumen#worker',
  ].join('; ');
}

/** Swagger UI styles itself inline; it runs no inline script and loads nothing from elsewhere. */
export const API_DOCUMENTATION_POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "frame-ancestors 'none'; object-src 'none'; base-uri 'self'";

/** The client's own files. A worker obeys the policy of its own file, and loads its parts by it. */
export const CLIENT_FILE_POLICY = "default-src 'self'; frame-ancestors 'none'; object-src 'none'";

/**
 * The frame that draws diagrams, and its parts. The frame has no origin of its own, so to it the
 * parts are another site's; it may show itself in Lumen's pages only and reach nothing else.
 */
export const DIAGRAM_FRAME_HEADERS: Readonly<Record<string, string>> = Object.freeze({
  'x-frame-options': 'SAMEORIGIN',
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
  'content-security-policy':
    "sandbox allow-scripts; default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
});
