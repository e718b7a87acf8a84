import { Component, computed, inject } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { ChatPreferences } from './chat-preferences';

/** How one likes to write and read, as switches. */
@Component({
  selector: 'app-preference-switches',
  template: `
    <fieldset>
      <legend>{{ text().legend }}</legend>
      <label>
        <span>
          {{ text().enter }}<small>{{ text().enterHint }}</small>
        </span>
        <input
          #enter
          type="checkbox"
          role="switch"
          [checked]="preferences.isEnterNewline()"
          (change)="preferences.setEnterNewline(enter.checked)"
        />
      </label>
      <label>
        <span>
          {{ text().complete }}<small>{{ text().completeHint }}</small>
        </span>
        <input
          #complete
          type="checkbox"
          role="switch"
          [checked]="preferences.isShownWhenComplete()"
          (change)="preferences.setShownWhenComplete(complete.checked)"
        />
      </label>
    </fieldset>
  `,
  styleUrl: './preference-switches.scss',
})
export class PreferenceSwitches {
  protected readonly preferences = inject(ChatPreferences);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().composer.preferences);
}
