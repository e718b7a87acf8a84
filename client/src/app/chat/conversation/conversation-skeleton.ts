import { Component, computed, inject } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';

/** The shape of a conversation that is still loading; shown only if that takes a moment. */
@Component({
  selector: 'app-conversation-skeleton',
  template: `
    <p class="sr-only" role="status">{{ text().loadingChat }}</p>
    <div aria-hidden="true">
      <i class="bubble"></i>
      <i style="inline-size: 92%"></i>
      <i style="inline-size: 100%"></i>
      <i style="inline-size: 64%"></i>
    </div>
  `,
  styles: `
    :host {
      display: block;
      max-inline-size: 45rem;
      margin-inline: auto;
      opacity: 0;
      animation: appear 200ms 150ms forwards;
    }
    div {
      display: flex;
      flex-direction: column;
      gap: 16px;
    }
    i {
      block-size: 16px;
      border-radius: 8px;
      background: var(--mat-sys-surface-container-high);
    }
    .bubble {
      align-self: flex-end;
      inline-size: 55%;
      block-size: 46px;
      margin-block-end: 16px;
      border-radius: 20px 20px 4px;
    }
    @keyframes appear {
      to {
        opacity: 1;
      }
    }
  `,
})
export class ConversationSkeleton {
  private readonly i18n = inject(I18n);
  protected readonly text = computed(() => this.i18n.text().chat);
}
