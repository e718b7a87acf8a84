import { Component, input } from '@angular/core';

import { FooterLinks } from '../footer-links';
import { TopBar } from '../top-bar';
import { KeptFocus } from './kept-focus';

/**
 * A page below its top bar: what is projected scrolls in a column. Buttons marked with
 * `pageActions` stand in the bar, at its end.
 */
@Component({
  selector: 'app-page',
  imports: [FooterLinks, TopBar],
  hostDirectives: [KeptFocus],
  template: `
    <app-top-bar [heading]="heading()">
      <div class="actions"><ng-content select="[pageActions]" /></div>
    </app-top-bar>
    <ng-content select="[pageBanner]" />
    <div class="page">
      <div class="column" [class.is-wide]="isWide()"><ng-content /></div>
      <footer class="column foot" [class.is-wide]="isWide()"><app-footer-links /></footer>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex: 1;
      flex-direction: column;
      min-block-size: 0;
      min-inline-size: 0;
    }
    /* What is only for screen readers is placed in here, so that it is cut off here as well. */
    .page {
      position: relative;
      flex: 1;
      min-block-size: 0;
      overflow: auto;
      padding: 8px 24px 48px;
    }
    .column {
      display: flex;
      flex-direction: column;
      gap: 16px;
      max-inline-size: 55rem;
      margin-inline: auto;
    }
    .column.is-wide {
      max-inline-size: 75rem;
    }
    .foot {
      margin-block-start: 32px;
    }
    .actions {
      display: flex;
      gap: 8px;
    }
    @media (width < 52.5rem) {
      .page {
        padding-inline: 16px;
      }
    }
    /* The heading keeps its line; what can be done stands below it. */
    @media (width < 37.5rem) {
      .actions:not(:empty) {
        flex: 1 0 calc(100% + 48px);
        flex-wrap: wrap;
        margin-inline-start: -48px;
        padding-block-end: 8px;
      }
    }
  `,
})
export class Page {
  readonly heading = input.required<string>();
  /** For tables and charts: 1,200 px instead of 880. */
  readonly isWide = input(false);
}
