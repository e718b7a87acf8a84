import { Injectable, computed, inject, signal } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { ComposerAttachments } from './composer-attachments';
import { Draft } from './draft';
import { UploadLimits } from './upload-limits';

/** Longer texts are easier to have as a file than in the field. */
const LARGE_CHARACTERS = 4_000;

/** Offers to make a file of a long text that was pasted into the message field. */
@Injectable()
export class LargePaste {
  private readonly attachments = inject(ComposerAttachments);
  private readonly draft = inject(Draft);
  private readonly limits = inject(UploadLimits);
  private readonly i18n = inject(I18n);
  private readonly pasted = signal<string | null>(null);

  /** The text that is still in the field as it was pasted; null: there is none to offer. */
  readonly offered = computed(() => {
    const pasted = this.pasted();
    return pasted !== null && this.draft.text().includes(pasted) ? pasted : null;
  });

  /** Something was pasted; nothing happens unless it is long, and may be attached. */
  note(text: string): void {
    // As the field has it.
    const pasted = text.replaceAll(/\r\n?/g, '\n');
    const isTaken = this.limits.limits()?.extensions.includes('txt') ?? true;
    if (isTaken && pasted.length > LARGE_CHARACTERS) this.pasted.set(pasted);
  }

  /** Moves it from the field into a file. */
  attach(): void {
    const pasted = this.offered();
    if (pasted === null) return;
    const name = this.i18n.text().composer.pastedName;
    void this.attachments.add([new File([pasted], name, { type: 'text/plain' })]);
    this.draft.set(this.draft.text().replace(pasted, () => ''));
    this.end();
  }

  /** It stays in the field. */
  end(): void {
    this.pasted.set(null);
  }
}
