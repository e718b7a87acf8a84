import { Component, effect, inject, input } from '@angular/core';

import { PageTitle } from '../core/page-title';

/** The bar above a page: its heading, which also titles the document, and its actions. */
@Component({
  selector: 'app-top-bar',
  template: `
    <header>
      <h1 tabindex="-1">{{ heading() }}</h1>
      <ng-content />
    </header>
  `,
  styles: `
    header {
      display: flex;
      align-items: center;
      gap: 8px;
      block-size: 56px;
      padding-inline: 64px 16px;
    }
    @media (width < 37.5rem) {
      header {
        flex-wrap: wrap;
        gap: 0 8px;
        block-size: auto;
      }
    }
    h1 {
      flex: 1;
      min-inline-size: 0;
      margin: 0;
      overflow: hidden;
      font: var(--mat-sys-title-medium);
      text-overflow: ellipsis;
      white-space: nowrap;
      outline-offset: -2px;
      border-radius: 4px;
    }
    @media (width < 37.5rem) {
      h1 {
        line-height: 56px;
      }
    }
    h1:focus:not(:focus-visible) {
      outline: none;
    }
  `,
})
export class TopBar {
  readonly heading = input.required<string>();

  constructor() {
    const title = inject(PageTitle);
    effect(() => title.set(this.heading()));
  }
}
