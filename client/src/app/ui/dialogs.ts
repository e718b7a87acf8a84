import { type ComponentType } from '@angular/cdk/portal';
import { DOCUMENT, Service, inject, injectAsync } from '@angular/core';
import { type MatDialogConfig } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';

/** Opens dialogs; their code and Material's is only loaded when the first one opens. */
@Service()
export class Dialogs {
  private readonly document = inject(DOCUMENT);
  /** How many are open, or on their way. */
  private count = 0;
  private readonly dialog = injectAsync(() =>
    import('@angular/material/dialog').then((file) => file.MatDialog),
  );

  /**
   * Resolves with what the dialog was closed with; undefined if it was dismissed, or if one of the
   * kind is open already.
   */
  async open<R>(
    load: () => Promise<ComponentType<unknown>>,
    config: MatDialogConfig = {},
  ): Promise<R | undefined> {
    this.count += 1;
    try {
      return await this.answerOf<R>(load, config);
    } finally {
      this.count -= 1;
    }
  }

  /** Whether one is open or coming: what is behind it then leaves keys alone that it has itself. */
  isOpen(): boolean {
    return this.count > 0;
  }

  private async answerOf<R>(
    load: () => Promise<ComponentType<unknown>>,
    config: MatDialogConfig,
  ): Promise<R | undefined> {
    const [dialog, content] = await Promise.all([this.dialog(), load()]);
    // A second Enter comes before the first dialog has the focus.
    if (dialog.openDialogs.some(({ componentInstance: open }) => open instanceof content)) return;
    const opened = dialog.open<unknown, unknown, R>(content, {
      autoFocus: 'dialog',
      maxWidth: '94vw',
      ...config,
    });
    const answer = await firstValueFrom(opened.afterClosed());
    this.keepFocus();
    return answer;
  }

  /** Closing gives the focus back to what opened the dialog, which may be gone by then. */
  private keepFocus(): void {
    if (this.document.activeElement !== this.document.body) return;
    this.document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }
}
