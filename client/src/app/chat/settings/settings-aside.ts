import { Component, ViewEncapsulation, inject } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { ChatSettings } from './chat-settings';
import { SettingsPanel } from './settings-panel';

/** The place for the settings beside the page, from 1200 px on. The page makes room for it. */
@Component({
  selector: 'app-settings-aside',
  imports: [SettingsPanel],
  template: `
    @if (settings.isOpen()) {
      <aside [attr.aria-label]="i18n.text().settings.title">
        @defer (on immediate) {
          <app-settings-panel [isBeside]="true" />
        }
      </aside>
    }
  `,
  styles: `
    app-settings-aside aside {
      position: absolute;
      inset: 0 0 0 auto;
      inline-size: 360px;
      overflow: auto;
      border-inline-start: 1px solid var(--mat-sys-outline-variant);
      background: var(--mat-sys-surface-container-low);
    }
    :has(> app-settings-aside.is-open) {
      position: relative;
      padding-inline-end: 360px;
    }
  `,
  encapsulation: ViewEncapsulation.None,
  host: { '[class.is-open]': 'settings.isOpen()' },
})
export class SettingsAside {
  protected readonly settings = inject(ChatSettings);
  protected readonly i18n = inject(I18n);
}
