import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Clipboard as CdkClipboard } from '@angular/cdk/clipboard';
import { Service, inject } from '@angular/core';

import { I18n } from '../core/i18n/i18n';

/** Copies text and tells screen readers so. */
@Service()
export class Clipboard {
  /** How long a button shows that it has copied. */
  static readonly CONFIRMATION_MS = 2000;

  private readonly fallback = inject(CdkClipboard);
  private readonly announcer = inject(LiveAnnouncer);
  private readonly i18n = inject(I18n);

  /** Whether the text is on the clipboard now. */
  async copy(text: string): Promise<boolean> {
    const isCopied = await this.write(text);
    const { copied, copyFailed } = this.i18n.text().shell;
    void this.announcer.announce(isCopied ? copied : copyFailed, isCopied ? 'polite' : 'assertive');
    return isCopied;
  }

  /** The modern way needs HTTPS and permission; the old one works without. */
  private async write(text: string): Promise<boolean> {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return this.fallback.copy(text);
    }
  }
}
