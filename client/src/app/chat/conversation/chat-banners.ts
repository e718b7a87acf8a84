import { Component, computed, inject } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';
import { Reconnection } from '../answers/reconnection';
import { ConversationStore } from './conversation-store';

/** What one has to know of the conversation as a whole: nothing is kept, or nothing comes. */
@Component({
  selector: 'app-chat-banners',
  imports: [Icon],
  template: `
    @if (conversation.isTemporary()) {
      <p class="banner">
        <app-icon name="visibility_off" />
        <span>{{ text().temporary.notice }}</span>
      </p>
    }
    <div role="status">
      @if (connection.state() !== 'ok') {
        <p class="banner is-warning">
          <app-icon name="wifi_off" />
          @if (connection.state() === 'reconnecting') {
            <span>{{ text().connection.reconnecting }}</span>
          } @else {
            <span>{{ text().connection.lost }}</span>
            <button type="button" (click)="connection.tryNow()">
              {{ i18n.text().shell.retry }}
            </button>
          }
        </p>
      }
    </div>
  `,
  styles: `
    .banner {
      display: flex;
      align-items: center;
      gap: 12px;
      min-block-size: 40px;
      margin: 0 16px 8px;
      padding: 4px 16px;
      box-sizing: border-box;
      border-radius: 12px;
      background: var(--mat-sys-surface-container);
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-body-medium);
    }
    .is-warning {
      background: var(--app-warning-container);
      color: var(--app-on-warning-container);
    }
    app-icon {
      flex: none;
    }
    span {
      flex: 1;
    }
    button {
      min-block-size: 40px;
      padding-inline: 16px;
      border: 1px solid currentcolor;
      border-radius: 20px;
      background: none;
      color: inherit;
      font: var(--mat-sys-label-large);
      cursor: pointer;
    }
  `,
})
export class ChatBanners {
  protected readonly conversation = inject(ConversationStore);
  protected readonly connection = inject(Reconnection);
  protected readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().chat);
}
