import { DOCUMENT, Service, inject } from '@angular/core';

/** Has the browser save what an address of this site answers, as large as it may be. */
@Service()
export class Saving {
  private readonly document = inject(DOCUMENT);

  save(address: string): void {
    const link = this.document.createElement('a');
    link.href = address;
    link.download = '';
    link.click();
  }
}
