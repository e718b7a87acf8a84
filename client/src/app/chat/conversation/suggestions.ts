import { Component, computed, inject, output } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { Icon, type IconName } from '../../ui/icon/icon';

/** Four ways to begin. Choosing one fills the field; nothing is sent unasked. */
@Component({
  selector: 'app-suggestions',
  imports: [Icon],
  template: `
    <ul [attr.aria-label]="text().label">
      @for (suggestion of suggestions(); track suggestion.icon) {
        <li>
          <button type="button" (click)="chosen.emit(suggestion.text)">
            <app-icon [name]="suggestion.icon" />
            <span>
              <span class="title">{{ suggestion.title }}</span>
              <span class="hint">{{ suggestion.hint }}</span>
            </span>
          </button>
        </li>
      }
    </ul>
  `,
  styleUrl: './suggestions.scss',
})
export class Suggestions {
  readonly chosen = output<string>();

  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().chat.suggestions);
  protected readonly suggestions = computed(() => {
    const { explain, code, write, quiz } = this.text();
    const of = (icon: IconName, text: typeof explain) => ({ icon, ...text });
    return [
      of('function', explain),
      of('code', code),
      of('edit_note', write),
      of('psychology', quiz),
    ];
  });
}
