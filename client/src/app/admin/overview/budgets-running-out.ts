import { Component, computed, inject, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { type Pool, type PoolPage } from '../../core/api/schema';
import { Figures } from '../../ui/charts/figures';
import { ShareBar } from '../../ui/charts/share-bar';
import { Region } from '../../ui/page/region';
import { UsageWords } from '../../usage/usage-words';

const SHOWN = 6;
/** Above this share there is no need to look. */
const ENOUGH = 0.2;
const NEARLY_NONE = 0.05;

/** The pools with the smallest share left. */
@Component({
  selector: 'app-budgets-running-out',
  imports: [MatButton, Region, RouterLink, ShareBar],
  template: `
    <section aria-labelledby="overview-budgets">
      <header>
        <h2 id="overview-budgets">{{ text().budgets }}</h2>
        <a matButton routerLink="/admin/groups">{{ text().toBudgets }}</a>
      </header>
      <app-region skeleton="text" [of]="asked">
        <ng-template>
          @if (pools().length === 0) {
            <p class="none">{{ text().noBudgets }}</p>
          } @else {
            <ul>
              @for (pool of pools(); track pool.id) {
                <li>
                  <span
                    ><a routerLink="/admin/usage" [queryParams]="pool.only">{{ pool.name }}</a>
                    {{ pool.scope }}</span
                  >
                  <app-share-bar [share]="pool.share" [text]="pool.left" [tone]="pool.tone" />
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
export class BudgetsRunningOut {
  private readonly api = inject(ApiClient);
  private readonly figures = inject(Figures);
  private readonly messages = inject(ConsoleText);
  private readonly words = inject(UsageWords);
  protected readonly text = computed(() => this.words.text().overview);
  protected readonly asked = resource({
    loader: () => {
      const query = `sort=share&order=asc&pageSize=${SHOWN}`;
      return this.api.get<PoolPage>(`/api/admin/budgets/pools?${query}`);
    },
  });
  protected readonly pools = computed(() =>
    (this.asked.hasValue() ? this.asked.value().items : [])
      .map((pool) => this.shown(pool))
      .filter(({ share }) => share < ENOUGH),
  );

  private shown({ id, ownerKind, ownerId, ownerName, unit, model, available, max }: Pool) {
    const limit = Number(max);
    const share = limit > 0 ? Number(available) / limit : 1;
    const { coins, tokens } = this.messages.text().words;
    const say = (amount: string) =>
      unit === 'coins' ? this.figures.coins(Number(amount)) : this.figures.compact(Number(amount));
    const word = unit === 'coins' ? coins : tokens;
    return {
      id,
      share,
      name: ownerName ?? this.words.text().table.gone,
      only: { [ownerKind]: ownerId },
      scope: model === null ? '' : this.text().forModel(model),
      left: this.text().left(say(available), `${say(max)} ${word}`),
      tone: share < NEARLY_NONE ? ('bad' as const) : ('warning' as const),
    };
  }
}
