/** The part of the Trusted Types API the client uses; TypeScript's DOM library has none of it. */
interface TrustedTypes {
  createPolicy(name: string, rules: Policy): Policy;
}

interface Policy {
  createScriptURL(url: string): string;
}

/** Name in the Content-Security-Policy's `trusted-types`. */
const POLICY = 'lumen#worker';
/** It can be made only once a page. */
let policy: Policy | null = null;

/** Lets scripts of this site's own origin become workers and nothing else. */
function trustedUrl(url: URL): string {
  if (url.origin !== location.origin) throw new TypeError(`Not a script of Lumen: ${url.href}`);
  const trustedTypes = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (trustedTypes === undefined) return url.href;
  policy ??= trustedTypes.createPolicy(POLICY, { createScriptURL: (trusted) => trusted });
  return policy.createScriptURL(url.href);
}

/** Starts the worker that renders Markdown. */
export function startMarkdownWorker(): globalThis.Worker {
  // The build finds workers by the literal words `new Worker(new URL(…, import.meta.url))`, and the
  // browser wants a trusted address instead of that URL. This class satisfies both.
  const Worker = class extends globalThis.Worker {
    constructor(url: URL, options: WorkerOptions) {
      super(trustedUrl(url), options);
    }
  };
  return new Worker(new URL('./markdown.worker', import.meta.url), { type: 'module' });
}
