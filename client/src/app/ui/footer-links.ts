import { Component, computed, inject } from '@angular/core';

import { Session } from '../core/auth/session';

/** The institution and the links it wants at the foot of pages; nothing where it wants none. */
@Component({
  selector: 'app-footer-links',
  template: `
    @if (branding().institution; as institution) {
      @if (branding().institutionUrl; as url) {
        <a rel="noopener" [href]="url">{{ institution }}</a>
      } @else {
        <span>{{ institution }}</span>
      }
    }
    @for (link of branding().footerLinks; track $index) {
      <a rel="noopener" [href]="link.url">{{ link.label }}</a>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 16px;
    }
    a,
    span {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
      line-height: 1.5rem;
    }
  `,
})
export class FooterLinks {
  private readonly session = inject(Session);
  protected readonly branding = computed(() => this.session.branding());
}
