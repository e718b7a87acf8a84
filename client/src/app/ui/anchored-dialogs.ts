import { Dialog, type DialogRef } from '@angular/cdk/dialog';
import { type ComponentType } from '@angular/cdk/portal';
import {
  type ConnectedPosition,
  createFlexibleConnectedPositionStrategy,
  createGlobalPositionStrategy,
} from '@angular/cdk/overlay';
import { Injector, Service, inject } from '@angular/core';

import { Viewport } from '../core/layout/viewport';

export interface AnchoredDialogOptions {
  /** The element it belongs to; the focus returns there. */
  origin: HTMLElement;
  label: string;
  /** Which edge of the origin it lines up with. */
  align: 'start' | 'end';
  data?: unknown;
}

/**
 * Opens a small dialog at the thing it belongs to; on phones, from the bottom edge. Traps and
 * returns the focus, and closes by Escape or a press outside. Undefined if one of the kind is open
 * already: a second press comes before the first dialog has the focus.
 */
@Service()
export class AnchoredDialogs {
  private readonly dialog = inject(Dialog);
  private readonly injector = inject(Injector);
  private readonly viewport = inject(Viewport);

  open<R>(
    content: ComponentType<unknown>,
    options: AnchoredDialogOptions,
  ): DialogRef<R> | undefined {
    const isOpen = this.dialog.openDialogs.some(
      ({ componentInstance: open }) => open instanceof content,
    );
    if (isOpen) return undefined;
    const isSheet = this.viewport.isCompact();
    return this.dialog.open<R>(content, {
      ariaLabel: options.label,
      ariaModal: true,
      autoFocus: 'first-tabbable',
      restoreFocus: options.origin,
      data: options.data,
      positionStrategy: isSheet ? this.sheet() : this.beside(options),
      backdropClass: isSheet ? 'app-scrim' : 'cdk-overlay-transparent-backdrop',
      panelClass: isSheet ? ['app-panel', 'app-sheet'] : 'app-panel',
    });
  }

  private sheet() {
    return createGlobalPositionStrategy(this.injector).bottom('0').start('0').width('100%');
  }

  private beside({ origin, align }: AnchoredDialogOptions) {
    const edge = { originX: align, overlayX: align } as const;
    const positions: ConnectedPosition[] = [
      { ...edge, originY: 'top', overlayY: 'bottom', offsetY: -8 },
      { ...edge, originY: 'bottom', overlayY: 'top', offsetY: 8 },
    ];
    return createFlexibleConnectedPositionStrategy(this.injector, origin)
      .withPositions(positions)
      .withFlexibleDimensions(true)
      .withGrowAfterOpen(true)
      .withViewportMargin(16)
      .withPush(true);
  }
}
