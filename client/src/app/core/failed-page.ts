import { Service, signal } from '@angular/core';

/**
 * The address of a page whose code could not be fetched: the network is gone, or the portal was
 * updated and the old files with it. Null while all is well.
 */
@Service()
export class FailedPage {
  readonly url = signal<string | null>(null);
}
