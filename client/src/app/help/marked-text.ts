import { Component, computed, input } from '@angular/core';

import { partsOf, wordsOf } from './rendered-page';

/** A text in which what was looked for is marked. */
@Component({
  selector: 'app-marked-text',
  template: `
    @for (part of parts(); track $index) {
      @if (part.isFound) {
        <mark>{{ part.text }}</mark>
      } @else {
        <span>{{ part.text }}</span>
      }
    }
  `,
  styles: `
    mark {
      border-radius: 4px;
      background: var(--mat-sys-tertiary-container);
      color: var(--mat-sys-on-tertiary-container);
    }
  `,
})
export class MarkedText {
  readonly text = input.required<string>();
  readonly search = input.required<string>();

  protected readonly parts = computed(() => partsOf(this.text(), wordsOf(this.search())));
}
