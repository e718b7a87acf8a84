import { Component } from '@angular/core';

import { Icon } from './icon/icon';

/** The square beside the portal's name. */
@Component({
  selector: 'app-brand-mark',
  imports: [Icon],
  template: `<app-icon name="school" />`,
  styles: `
    :host {
      display: inline-grid;
      place-items: center;
      inline-size: var(--brand-size, 28px);
      block-size: var(--brand-size, 28px);
      border-radius: 28%;
      flex: none;
      background: var(--mat-sys-primary);
      color: var(--mat-sys-on-primary);
      --icon-size: 72%;
    }
  `,
  host: { 'aria-hidden': 'true' },
})
export class BrandMark {}
