import { DOCUMENT, Service, inject } from '@angular/core';

/** Has the browser save a text that the page made itself. */
@Service()
export class TextFile {
  private readonly document = inject(DOCUMENT);

  save(name: string, text: string): void {
    const address = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
    const link = this.document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    // The browser reads it after this turn.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }
}
