import { Injectable } from '@nestjs/common';
import { type Observable, Subject } from 'rxjs';

/** Tells whose budget has become less, once that is in the books; of this replica alone. */
@Injectable()
export class SpendingService {
  /** Ids of people. Listeners must be quick, and must not throw. */
  readonly spent$: Observable<string>;
  private readonly spent = new Subject<string>();

  constructor() {
    this.spent$ = this.spent.asObservable();
  }

  tell(userId: string): void {
    this.spent.next(userId);
  }
}
