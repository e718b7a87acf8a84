import { Injectable } from '@nestjs/common';
import { type Observable, Subject } from 'rxjs';

/** Says which clients were made, to whoever has something to give them. */
@Injectable()
export class ClientArrivalsService {
  /** The id of every client that was made here, once it is committed. Listeners must not throw. */
  readonly made$: Observable<string>;
  private readonly made = new Subject<string>();

  constructor() {
    this.made$ = this.made.asObservable();
  }

  announce(clientId: string): void {
    this.made.next(clientId);
  }
}
