import { Service, computed, inject, linkedSignal, signal } from '@angular/core';

import { Viewport } from '../core/layout/viewport';
import { localStore } from '../core/storage';

const KEY = 'sidebar';

/** Beside the page the sidebar is wide or a rail; where there is no room it is a drawer. */
@Service()
export class SidebarState {
  private readonly viewport = inject(Viewport);
  private readonly prefersRail = signal(localStore.read(KEY) === 'rail');

  readonly isRail = computed(() => this.viewport.hasSidebar() && this.prefersRail());
  /** Whether the drawer is open; it closes by itself when the window's size changes its mode. */
  readonly isDrawerOpen = linkedSignal<boolean, boolean>({
    source: this.viewport.hasSidebar,
    computation: () => false,
  });
  /** Whether one sees the whole sidebar. */
  readonly isOpen = computed(() =>
    this.viewport.hasSidebar() ? !this.prefersRail() : this.isDrawerOpen(),
  );

  toggle(): void {
    if (!this.viewport.hasSidebar()) {
      this.isDrawerOpen.update((isOpen) => !isOpen);
      return;
    }
    this.prefersRail.update((isRail) => !isRail);
    localStore.write(KEY, this.prefersRail() ? 'rail' : null);
  }
}
