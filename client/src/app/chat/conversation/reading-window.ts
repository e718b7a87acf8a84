import {
  DestroyRef,
  Directive,
  Injector,
  afterNextRender,
  effect,
  inject,
  untracked,
} from '@angular/core';

import { ConversationStore } from './conversation-store';
import { ReadingPlaces } from './reading-places';
import { ScrollFollow } from './scroll-follow';
import { type ShownConversation } from './shown-conversation';

/**
 * Opens each conversation where one was in it, at first at its end, and notes the place on leaving.
 * Belongs on the element that scrolls.
 */
@Directive({ selector: '[appReadingWindow]' })
export class ReadingWindow {
  private readonly store = inject(ConversationStore);
  private readonly places = inject(ReadingPlaces);
  private readonly scroll = inject(ScrollFollow);
  private readonly injector = inject(Injector);
  private shown: ShownConversation | null = null;

  constructor() {
    this.scroll.isSettling.set(true);
    effect(() => {
      const shown = this.store.shown();
      const isReady = !shown.isLoading();
      untracked(() => {
        if (shown !== this.shown) this.leave(shown);
        if (isReady && this.scroll.isSettling()) this.settle(shown);
      });
    });
    inject(DestroyRef).onDestroy(() => this.note());
  }

  /** Runs before the page changes, so what is measured is what was read. */
  private leave(next: ShownConversation): void {
    this.note();
    this.shown = next;
    this.scroll.isSettling.set(true);
  }

  private note(): void {
    if (this.shown === null || this.scroll.isSettling()) return;
    this.places.note(this.shown.id(), this.scroll.element);
  }

  private settle(shown: ShownConversation): void {
    afterNextRender(
      () => {
        if (this.shown !== shown) return;
        if (this.places.restore(shown.id(), this.scroll.element)) this.scroll.stay();
        else this.scroll.goToEnd();
        this.scroll.isSettling.set(false);
      },
      { injector: this.injector },
    );
  }
}
