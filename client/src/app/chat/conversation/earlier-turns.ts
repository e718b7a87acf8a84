import { Component, DestroyRef, ElementRef, computed, inject, signal } from '@angular/core';

import { asApiError } from '../../core/api/api-error';
import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../../ui/error-text';
import { ConversationStore } from './conversation-store';
import { KeptBranches } from './kept-branches';
import { ScrollFollow } from './scroll-follow';

/** So far above the window older turns are loaded, before one gets there. */
const AHEAD = '800px 0px 0px 0px';

/** Loads older turns when one comes near, or by its button. What is read stays where it is. */
@Component({
  selector: 'app-earlier-turns',
  template: `
    <button type="button" [attr.aria-disabled]="isLoading() || null" (click)="load()">
      {{ isLoading() ? text().loadingEarlier : text().loadEarlier }}
    </button>
    @if (failure(); as reason) {
      <p role="alert">{{ reason }}</p>
    }
  `,
  styles: `
    :host {
      display: block;
      text-align: center;
      overflow-anchor: none;
    }
    button {
      min-block-size: 40px;
      padding-inline: 16px;
      border: 0;
      border-radius: 20px;
      background: none;
      color: var(--mat-sys-primary);
      font: var(--mat-sys-label-large);
      cursor: pointer;
    }
    button[aria-disabled] {
      color: var(--mat-sys-on-surface-variant);
      cursor: default;
    }
    p {
      margin: 0;
      color: var(--mat-sys-error);
      font: var(--mat-sys-body-medium);
    }
  `,
})
export class EarlierTurns {
  private readonly store = inject(ConversationStore);
  private readonly branches = inject(KeptBranches);
  private readonly scroll = inject(ScrollFollow);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().chat);
  protected readonly isLoading = signal(false);
  protected readonly failure = signal('');

  /** Whether it is still near is only told anew by looking anew. */
  private lookAgain = (): void => undefined;

  constructor() {
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    if (typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        // After a failure it is the person who tries again.
        if (entry?.isIntersecting && this.failure() === '' && !this.scroll.isSettling()) {
          void this.load();
        }
      },
      { root: element.closest('.scroll'), rootMargin: AHEAD },
    );
    observer.observe(element);
    this.lookAgain = () => {
      observer.unobserve(element);
      observer.observe(element);
    };
    inject(DestroyRef).onDestroy(() => observer.disconnect());
  }

  protected async load(): Promise<void> {
    if (this.isLoading()) return;
    this.isLoading.set(true);
    this.failure.set('');
    const keepPlace = this.scroll.keepPlace();
    try {
      await this.branches.loadEarlier(this.store.shown());
      this.lookAgain();
    } catch (cause) {
      this.failure.set(errorText(asApiError(cause), this.i18n.text().errors));
    } finally {
      keepPlace();
      this.isLoading.set(false);
    }
  }
}
