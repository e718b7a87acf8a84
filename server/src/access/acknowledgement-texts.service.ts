import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type Subscription } from 'rxjs';
import { ConfigurationService } from '../config/configuration.service.js';
import { type CatalogueEntry } from '../models/index.js';
import { acknowledgementText, type AcknowledgementText } from './acknowledgement-text.js';

/** The text of each model that is agreed to, with its hash worked out once. */
@Injectable()
export class AcknowledgementTextsService implements OnModuleDestroy {
  private texts = new WeakMap<CatalogueEntry, AcknowledgementText>();
  private readonly subscription: Subscription;

  constructor(private readonly configuration: ConfigurationService) {
    this.subscription = configuration.changes$.subscribe(() => {
      this.texts = new WeakMap();
    });
  }

  /** What is agreed to now; another text asks again. */
  of(entry: CatalogueEntry): AcknowledgementText {
    const known = this.texts.get(entry);
    if (known) return known;
    const { ackMessage } = this.configuration.current.defaults.models;
    const text = acknowledgementText(entry.ackMessage, ackMessage);
    this.texts.set(entry, text);
    return text;
  }

  onModuleDestroy(): void {
    this.subscription.unsubscribe();
  }
}
