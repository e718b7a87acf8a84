import { DOCUMENT, Service, computed, inject, signal } from '@angular/core';

import { ApiClient } from '../api/api-client';
import { type ApiError, asApiError } from '../api/api-error';
import { type Bootstrap, type Branding as BrandingLook } from '../api/schema';
import { tabStore } from '../storage';

/** The look where the institution has none of its own. */
const LUMENS_OWN: BrandingLook = {
  institution: null,
  institutionUrl: null,
  logo: null,
  logoDark: null,
  favicon: null,
  footerLinks: [],
  colours: [],
};

/** Who is signed in, where, and how one signs in. */
@Service()
export class Session {
  private readonly api = inject(ApiClient);
  private readonly location = inject(DOCUMENT).location;
  private readonly bootstrap = signal<Bootstrap | null>(null);

  /** Why the server could not be asked; null while all is well. */
  readonly failure = signal<ApiError | null>(null);
  readonly isLoaded = computed(() => this.bootstrap() !== null);
  /** Resolves as soon as it is loaded, however often that fails before. */
  readonly loaded: Promise<void>;
  readonly me = computed(() => this.bootstrap()?.user ?? null);
  readonly app = computed(() => this.bootstrap()?.app ?? { name: 'Lumen', tagline: '' });
  readonly branding = computed(() => this.bootstrap()?.branding ?? LUMENS_OWN);
  readonly loginKind = computed(() => this.bootstrap()?.login.kind ?? 'none');

  private tellLoaded: () => void = () => undefined;

  constructor() {
    this.loaded = new Promise((resolve) => {
      this.tellLoaded = resolve;
    });
  }

  /** Asks the server who is there. Never throws: `failure` says what went wrong. */
  async load(): Promise<void> {
    this.failure.set(null);
    try {
      const bootstrap = await this.api.get<Bootstrap>('/api/bootstrap');
      this.api.useSession(bootstrap.user);
      this.bootstrap.set(bootstrap);
      this.tellLoaded();
    } catch (cause) {
      this.failure.set(asApiError(cause));
    }
  }

  /** The server's address for signing in and coming back to a path of the client. */
  loginUrl(returnTo: string): string {
    return `/login?returnTo=${encodeURIComponent(safePath(returnTo))}`;
  }

  /**
   * Ends the session and starts the client afresh, so that nothing of this person stays in
   * memory; drafts go too. Rejects with an ApiError if the server did not end it.
   */
  async signOut(): Promise<void> {
    try {
      await this.api.post('/logout');
    } catch (cause) {
      const error = asApiError(cause);
      if (error.status !== 401) throw error;
    }
    tabStore.clear();
    this.location.assign('/sign-in');
  }
}

/** A path of this site to return to; anything that could lead elsewhere becomes the chat. */
export function safePath(path: string | null): string {
  return path !== null && /^\/(?![/\\])/.test(path) && !hasControlCharacter(path) ? path : '/chat';
}

/** Browsers drop tabs and line breaks from addresses, so `/\t/evil.example` is not a path. */
function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < ' ');
}
