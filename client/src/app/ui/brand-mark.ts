import { Component, computed, inject } from '@angular/core';

import { Session } from '../core/auth/session';
import { DarkMode } from '../core/theme/dark-mode';
import { Icon } from './icon/icon';

/** The picture beside the portal's name: the institution's logo, or Lumen's own square. */
@Component({
  selector: 'app-brand-mark',
  imports: [Icon],
  template: `
    @if (logo(); as address) {
      <img alt="" [src]="address" />
    } @else {
      <app-icon name="school" />
    }
  `,
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
    :host(.has-logo) {
      border-radius: 0;
      background: none;
    }
    img {
      inline-size: 100%;
      block-size: 100%;
      object-fit: contain;
    }
  `,
  host: { 'aria-hidden': 'true', '[class.has-logo]': 'logo() !== null' },
})
export class BrandMark {
  private readonly session = inject(Session);
  private readonly darkMode = inject(DarkMode);

  protected readonly logo = computed(() => {
    const { logo, logoDark } = this.session.branding();
    return this.darkMode.isOn() ? logoDark : logo;
  });
}
