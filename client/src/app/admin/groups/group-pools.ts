import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { Field, FieldControl } from '../../ui/form/field';
import { Icon } from '../../ui/icon/icon';
import { type DraftPool } from './pool-draft';

const NEW_POOL: DraftPool = { model: '', kind: 'limited', max: '', refresh: '', starting: '' };
const PARTS = ['max', 'refresh', 'starting'] as const;

/** What each member of a group, or one person, may spend: coins, and tokens for all models or for one. */
@Component({
  selector: 'app-group-pools',
  imports: [Field, FieldControl, Icon, MatButton, MatIconButton],
  templateUrl: './group-pools.html',
  styleUrl: './group-part.scss',
})
export class GroupPools {
  readonly coins = input.required<DraftPool | null>();
  readonly tokens = input.required<readonly DraftPool[]>();
  readonly isReadOnly = input.required<boolean>();
  /** Whose they are. */
  readonly of = input<'group' | 'person'>('group');
  readonly errors = input.required<Readonly<Record<string, string>>>();
  readonly coinsChanged = output<DraftPool | null>();
  readonly tokensChanged = output<DraftPool[]>();

  private readonly messages = inject(ConsoleText);
  protected readonly parts = PARTS;
  protected readonly text = computed(() => this.messages.text().people.groupTexts);
  protected readonly own = computed(() => this.messages.text().people.ownBudget);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly rows = computed(() => {
    const coins = this.coins();
    const tokens = this.tokens().map((pool, index) => ({ pool, index, name: `tokens-${index}` }));
    return coins === null ? tokens : [{ pool: coins, index: -1, name: 'coins' }, ...tokens];
  });

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement).value.trim();
  }

  protected kindOf(event: Event): DraftPool['kind'] {
    const value = this.valueOf(event);
    return value === 'unlimited' || value === 'none' ? value : 'limited';
  }

  /** `index` of a pool of tokens; -1 for the coins. */
  protected set(index: number, said: Partial<DraftPool>): void {
    if (index < 0) this.coinsChanged.emit({ ...this.coins()!, ...said });
    else {
      this.tokensChanged.emit(
        this.tokens().map((pool, i) => (i === index ? { ...pool, ...said } : pool)),
      );
    }
  }

  protected setPart(index: number, part: (typeof PARTS)[number], event: Event): void {
    this.set(index, { [part]: this.valueOf(event) });
  }

  protected addCoins(): void {
    this.coinsChanged.emit({ ...NEW_POOL });
  }

  protected addTokens(): void {
    const model = this.tokens().some((pool) => pool.model === 'default') ? '' : 'default';
    this.tokensChanged.emit([...this.tokens(), { ...NEW_POOL, model }]);
  }

  protected remove(index: number): void {
    if (index < 0) this.coinsChanged.emit(null);
    else this.tokensChanged.emit(this.tokens().filter((_, i) => i !== index));
  }
}
