import { DOCUMENT, Service, effect, inject } from '@angular/core';

import { Session } from '../auth/session';

/**
 * Gives the page the institution's colours and icon, as the server made them from the configuration.
 * Where it names none, Lumen's own stay.
 */
@Service()
export class Branding {
  private readonly session = inject(Session);
  private readonly document = inject(DOCUMENT);

  constructor() {
    effect((undo) => {
      const { style } = this.document.documentElement;
      const { colours, favicon } = this.session.branding();
      for (const { name, light, dark } of colours) {
        style.setProperty(`--mat-sys-${name}`, `light-dark(${light}, ${dark})`);
      }
      if (favicon !== null) this.useIcon(favicon);
      undo(() => {
        for (const { name } of colours) style.removeProperty(`--mat-sys-${name}`);
      });
    });
  }

  private useIcon(address: string): void {
    const icon = this.document.querySelector<HTMLLinkElement>('link[rel=icon]');
    icon?.removeAttribute('type');
    if (icon) icon.href = address;
  }
}
