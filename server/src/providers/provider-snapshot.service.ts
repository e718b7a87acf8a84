import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type Observable, Subject, type Subscription } from 'rxjs';
import { DataSource } from 'typeorm';
import { type Secret } from '../config/index.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { pendingMigrations } from '../infrastructure/database/migrator.js';
import { type ProviderModel } from './provider-model.js';
import { Provider } from './provider.entity.js';
import { ProviderKeysService } from './provider-keys.service.js';

/** A provider that is in use, with all that a request to it needs. */
export interface ServingProvider {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly isDefault: boolean;
  readonly baseUrl: string;
  /** Null: none is sent. `unreadable`: it cannot be opened, so the provider cannot be asked. */
  readonly key: Secret | null | 'unreadable';
  readonly models: readonly ProviderModel[];
}

const DATABASE_LOOK_MS = 200;
const TRY_AGAIN_MS = 5_000;
const IN_ORDER = { where: { isEnabled: true }, order: { createdAt: 'ASC', id: 'ASC' } } as const;

/** The enabled providers as they were last read; read again whenever some replica changed one. */
@Injectable()
export class ProviderSnapshotService implements OnApplicationBootstrap, OnModuleDestroy {
  /** Tells of each new snapshot; `current` is then the new one. */
  readonly changes$: Observable<void>;
  private readonly changes = new Subject<void>();
  private readonly logger = new Logger(ProviderSnapshotService.name);
  private readonly subscription: Subscription;
  private providers: readonly ServingProvider[] = [];
  private timer: NodeJS.Timeout | undefined;
  private reading: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly keys: ProviderKeysService,
    changes: ChangesService,
  ) {
    this.changes$ = this.changes.asObservable();
    this.subscription = changes.heard$.subscribe(({ kind }) => {
      if (kind === 'providers') void this.reload();
    });
  }

  /** First created first. */
  get current(): readonly ServingProvider[] {
    return this.providers;
  }

  onApplicationBootstrap(): Promise<void> {
    return this.reload();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    this.subscription.unsubscribe();
    await this.reading;
    this.changes.complete();
  }

  /**
   * Settles when what is in the database now is in force. Never rejects: while the database cannot be
   * read the last snapshot stays, and it is tried again.
   */
  reload(): Promise<void> {
    this.reading = this.reading.then(() => this.readOrTryLater());
    return this.reading;
  }

  /** Settles when every change that was heard so far is in force, as `reload` does. */
  settled(): Promise<void> {
    return this.reading;
  }

  private async readOrTryLater(): Promise<void> {
    if (this.isStopped) return;
    clearTimeout(this.timer);
    try {
      const rows = await this.dataSource.getRepository(Provider).find(IN_ORDER);
      this.providers = Object.freeze(rows.map((row) => this.serving(row)));
      this.changes.next();
    } catch (error) {
      const isBehind = await this.isBehind();
      if (!isBehind) this.logger.warn(`The providers could not be read: ${String(error)}`);
      this.tryIn(isBehind ? DATABASE_LOOK_MS : TRY_AGAIN_MS);
    }
  }

  /** At a first start the database is there before its tables are. */
  private async isBehind(): Promise<boolean> {
    try {
      return (await pendingMigrations(this.dataSource)).length > 0;
    } catch {
      return false;
    }
  }

  private tryIn(ms: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => void this.reload(), ms).unref();
  }

  private serving(row: Provider): ServingProvider {
    const { id, name, slug, baseUrl, models } = row;
    const key = this.keys.open(row);
    if (key === 'unreadable') {
      this.logger.warn(
        `The key of provider "${slug}" was sealed with another app.encryption_key: give it anew, or list that key in app.previous_encryption_keys. Until then its models are unavailable.`,
      );
    }
    const isDefault = row.defaultMark !== null;
    return Object.freeze({ id, name, slug, isDefault, baseUrl, key, models });
  }
}
