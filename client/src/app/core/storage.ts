/**
 * Browser storage that may be blocked or full: reading then finds nothing and writing is lost,
 * which for a preference or a draft is better than an error.
 */
export class BrowserStorage {
  constructor(private readonly area: () => Storage) {}

  read(key: string): string | null {
    try {
      return this.area().getItem(PREFIX + key);
    } catch {
      return null;
    }
  }

  /** Keeps the value; null removes it. */
  write(key: string, value: string | null): void {
    try {
      if (value === null) this.area().removeItem(PREFIX + key);
      else this.area().setItem(PREFIX + key, value);
    } catch {
      // Blocked or full.
    }
  }

  /** Removes everything Lumen keeps here. */
  clear(): void {
    try {
      const keys = Object.keys(this.area()).filter((key) => key.startsWith(PREFIX));
      for (const key of keys) this.area().removeItem(key);
    } catch {
      // Blocked.
    }
  }
}

const PREFIX = 'lumen.';

/** Preferences: this browser, for good. */
export const localStore = new BrowserStorage(() => localStorage);

/** Drafts: this tab, until it is closed or the person signs out. */
export const tabStore = new BrowserStorage(() => sessionStorage);
