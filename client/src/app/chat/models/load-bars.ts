import { Component, input } from '@angular/core';

/** How busy a model is, as bars. What they mean stands beside them in words. */
@Component({
  selector: 'app-load-bars',
  template: `
    @for (bar of bars; track bar) {
      <span [class.is-on]="bar <= load()"></span>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      align-items: flex-end;
      gap: 2px;
      block-size: 12px;
    }
    span {
      inline-size: 3px;
      block-size: 40%;
      border-radius: 1px;
      background: var(--mat-sys-outline-variant);
    }
    span:nth-child(2) {
      block-size: 60%;
    }
    span:nth-child(3) {
      block-size: 80%;
    }
    span:nth-child(4) {
      block-size: 100%;
    }
    .is-on {
      background: currentcolor;
    }
    @media (forced-colors: active) {
      span {
        border: 1px solid CanvasText;
      }
      .is-on {
        background: CanvasText;
        forced-color-adjust: none;
      }
    }
  `,
  host: { 'aria-hidden': 'true' },
})
export class LoadBars {
  readonly load = input.required<number>();

  protected readonly bars = [1, 2, 3, 4];
}
