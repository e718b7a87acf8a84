import { Component, computed, inject, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { ApiClient } from '../../core/api/api-client';
import { type AuditPage } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Badge } from '../../ui/badge';
import { Region } from '../../ui/page/region';
import { UsageWords } from '../../usage/usage-words';

const SHOWN = 6;

/** What was changed last, by whom. */
@Component({
  selector: 'app-latest-audit',
  imports: [Badge, MatButton, Region, RouterLink],
  template: `
    <section aria-labelledby="overview-audit">
      <header>
        <h2 id="overview-audit">{{ text().audit }}</h2>
        <a matButton routerLink="/admin/audit">{{ text().auditAll }}</a>
      </header>
      <app-region skeleton="text" [of]="asked">
        <ng-template>
          @if (entries().length === 0) {
            <p class="none">{{ text().auditEmpty }}</p>
          } @else {
            <ul>
              @for (entry of entries(); track entry.id) {
                <li>
                  <span>
                    <code>{{ entry.action }}</code> {{ entry.objectName }}
                    @if (entry.outcome === 'refused') {
                      <app-badge tone="warning">{{ text().refused }}</app-badge>
                    }
                  </span>
                  <span class="more">{{ entry.actorName }} · {{ entry.time }}</span>
                </li>
              }
            </ul>
          }
        </ng-template>
      </app-region>
    </section>
  `,
  styleUrl: './overview-list.scss',
})
export class LatestAudit {
  private readonly api = inject(ApiClient);
  private readonly i18n = inject(I18n);
  private readonly words = inject(UsageWords);
  protected readonly text = computed(() => this.words.text().overview);
  protected readonly asked = resource({
    loader: () => this.api.get<AuditPage>(`/api/admin/audit?sort=at&order=desc&pageSize=${SHOWN}`),
  });
  protected readonly entries = computed(() =>
    (this.asked.hasValue() ? this.asked.value().items : []).map((entry) => ({
      ...entry,
      time: this.i18n.dateAndTime(entry.at),
    })),
  );
}
