import { Component, computed, input } from '@angular/core';

import { Markdown } from '../ui/markdown/markdown';

/** Longer than any run of backticks that a name could bring along. */
const FENCE = '``````````';

/** Code with its colours and a button to copy it, as in answers. */
@Component({
  selector: 'app-code-sample',
  imports: [Markdown],
  template: '<app-markdown [text]="fenced()" />',
  styles: ':host { display: block; min-inline-size: 0; }',
})
export class CodeSample {
  readonly code = input.required<string>();
  readonly language = input('');

  protected readonly fenced = computed(
    () => `${FENCE}${this.language()}\n${this.code().trimEnd()}\n${FENCE}`,
  );
}
