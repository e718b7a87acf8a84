import { DOCUMENT, Service, inject, injectAsync } from '@angular/core';
import { firstValueFrom } from 'rxjs';

const MESSAGE_MS = 6_000;
const WITH_ACTION_MS = 10_000;

/** Short confirmations at the lower edge, with at most one thing to do, usually "Undo". */
@Service()
export class Toast {
  private readonly snackBar = injectAsync(() =>
    import('@angular/material/snack-bar').then((file) => file.MatSnackBar),
  );
  private readonly document = inject(DOCUMENT);

  /** Resolves with true if the action was used, with false when the message is gone. */
  async show(message: string, action?: string): Promise<boolean> {
    const shown = (await this.snackBar()).open(message, action, {
      duration: action === undefined ? MESSAGE_MS : WITH_ACTION_MS,
      horizontalPosition: 'start',
      politeness: 'polite',
      panelClass: 'app-toast',
    });
    const ended = firstValueFrom(shown.afterDismissed());
    if (action !== undefined) {
      void ended.finally(this.onUndoKeys(() => shown.dismissWithAction()));
    }
    return (await ended).dismissedByAction;
  }

  /** By the keyboard the button is far away, and soon gone: the keys of undoing do the same. */
  private onUndoKeys(act: () => void): () => void {
    const listener = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (!isUndo || event.key.toLowerCase() !== 'z' || isWrittenIn(event.target)) return;
      event.preventDefault();
      act();
    };
    this.document.addEventListener('keydown', listener);
    return () => this.document.removeEventListener('keydown', listener);
  }
}

/** There the keys undo what was typed; an empty field has nothing to undo. */
function isWrittenIn(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    return target.value !== '';
  }
  return target instanceof HTMLElement && target.isContentEditable;
}
