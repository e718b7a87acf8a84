import { Service, injectAsync } from '@angular/core';
import { firstValueFrom } from 'rxjs';

const MESSAGE_MS = 6_000;
const WITH_ACTION_MS = 10_000;

/** Short confirmations at the lower edge, with at most one thing to do, usually "Undo". */
@Service()
export class Toast {
  private readonly snackBar = injectAsync(() =>
    import('@angular/material/snack-bar').then((file) => file.MatSnackBar),
  );

  /** Resolves with true if the action was used, with false when the message is gone. */
  async show(message: string, action?: string): Promise<boolean> {
    const shown = (await this.snackBar()).open(message, action, {
      duration: action === undefined ? MESSAGE_MS : WITH_ACTION_MS,
      horizontalPosition: 'start',
      politeness: 'polite',
    });
    return (await firstValueFrom(shown.afterDismissed())).dismissedByAction;
  }
}
