import { Directive, ElementRef, effect, inject, input } from '@angular/core';

import { sanitize } from './sanitizer';

/**
 * Puts HTML into an element, sanitised. The only place in the client that does; a lint rule
 * keeps `innerHTML` and `bypassSecurityTrust…` out of every other file.
 */
@Directive({ selector: '[appSafeHtml]' })
export class SafeHtml {
  readonly appSafeHtml = input.required<string>();

  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  constructor() {
    effect(() => {
      this.element.innerHTML = sanitize(this.appSafeHtml());
    });
  }
}
