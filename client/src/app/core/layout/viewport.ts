import { DOCUMENT, DestroyRef, Service, type Signal, inject, signal } from '@angular/core';

/**
 * The window classes of the design: what changes shape asks here, the rest is CSS. They are in rem of
 * 16 px, here and there: who reads large letters has less room in the same window.
 */
@Service()
export class Viewport {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly destroyed = inject(DestroyRef);

  /** Phones: less than 600 px. */
  readonly isCompact = this.matches('(max-width: 37.49875rem)');
  /** From 840 px there is room for the sidebar beside the page. */
  readonly hasSidebar = this.matches('(min-width: 52.5rem)');
  /** From 1200 px a panel fits beside the page as well. */
  readonly hasPanel = this.matches('(min-width: 75rem)');
  /** Someone types on glass: Enter makes a new line and fields do not steal the focus. */
  readonly isTouch = this.matches('(pointer: coarse)');

  private matches(query: string): Signal<boolean> {
    const list = this.window?.matchMedia?.(query);
    const state = signal(list?.matches ?? false);
    const update = (event: MediaQueryListEvent) => state.set(event.matches);
    list?.addEventListener('change', update);
    this.destroyed.onDestroy(() => list?.removeEventListener('change', update));
    return state.asReadonly();
  }
}
