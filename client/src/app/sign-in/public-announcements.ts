import { Component, computed, inject, resource } from '@angular/core';

import { ApiClient } from '../core/api/api-client';
import { type ShownAnnouncementList } from '../core/api/schema';
import { Markdown } from '../ui/markdown/markdown';

/** What everyone is told, also before signing in; nothing while there is nothing. */
@Component({
  selector: 'app-public-announcements',
  imports: [Markdown],
  template: `
    @for (each of announcements(); track each.id) {
      <section [class]="each.severity">
        <h2>{{ each.title }}</h2>
        @if (each.text !== '') {
          @defer (on immediate) {
            <app-markdown [text]="each.text" />
          }
        }
      </section>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 8px;
      inline-size: 100%;
      max-inline-size: 26rem;
    }
    section {
      padding: 12px 20px;
      border-radius: 16px;
      background: var(--mat-sys-secondary-container);
      color: var(--mat-sys-on-secondary-container);
      font: var(--mat-sys-body-medium);
    }
    .warning {
      background: var(--app-warning-container);
      color: var(--app-on-warning-container);
    }
    .critical {
      background: var(--mat-sys-error-container);
      color: var(--mat-sys-on-error-container);
    }
    .success {
      background: var(--app-success-container);
      color: var(--app-on-success-container);
    }
    h2 {
      margin: 0;
      font: var(--mat-sys-title-small);
    }
  `,
})
export class PublicAnnouncements {
  private readonly api = inject(ApiClient);
  private readonly list = resource({
    loader: () => this.api.get<ShownAnnouncementList>('/api/announcements/public'),
  });
  protected readonly announcements = computed(() =>
    this.list.hasValue() ? this.list.value().announcements : [],
  );
}
