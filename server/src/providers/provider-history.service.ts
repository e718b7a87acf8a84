import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { ProviderSnapshotService } from './provider-snapshot.service.js';
import { type Provider } from './provider.entity.js';

type Facts = Record<string, unknown>;

/** Writes down what happens to providers, and tells those who remember them. Keys are never in it. */
@Injectable()
export class ProviderHistoryService {
  constructor(
    private readonly audit: AuditTrailService,
    private readonly changes: ChangesService,
    private readonly snapshot: ProviderSnapshotService,
  ) {}

  async created(audit: AuditContext, provider: Provider, manager: EntityManager): Promise<void> {
    const event = { action: 'provider.create', object: objectOf(provider) };
    await this.audit.record(audit, { ...event, after: factsOf(provider) }, manager);
    await this.changes.publish('providers', provider.id, manager);
  }

  /** Writes what differs; nothing, if nothing does. */
  async updated(
    audit: AuditContext,
    { before, after }: { before: Provider; after: Provider },
    manager: EntityManager,
  ): Promise<void> {
    const fields = differences(factsOf(before), factsOf(after));
    // The sealed text differs each time a key is given; which key it is stays untold.
    if (before.sealedKey !== after.sealedKey) fields.after['apiKey'] = 'replaced';
    if (Object.keys(fields.after).length === 0) return;
    const event = { action: 'provider.update', object: objectOf(after) };
    await this.audit.record(audit, { ...event, ...fields }, manager);
    await this.changes.publish('providers', after.id, manager);
  }

  async removed(audit: AuditContext, provider: Provider, manager: EntityManager): Promise<void> {
    const event = { action: 'provider.delete', object: objectOf(provider) };
    await this.audit.record(audit, { ...event, before: factsOf(provider) }, manager);
    await this.changes.publish('providers', provider.id, manager);
  }

  /** A test sends a key somewhere, so it is remembered who sent which where. */
  async tested(
    audit: AuditContext,
    test: { provider: Provider | null; facts: Facts },
  ): Promise<void> {
    const object = test.provider ? objectOf(test.provider) : undefined;
    await this.audit.record(audit, { action: 'provider.test', object, after: test.facts });
  }

  /** As with a test, a key was sent somewhere. */
  async listed(
    audit: AuditContext,
    question: { provider: Provider | null; facts: Facts },
  ): Promise<void> {
    const object = question.provider ? objectOf(question.provider) : undefined;
    const event = { action: 'provider.list_models', object, after: question.facts };
    await this.audit.record(audit, event);
  }

  async endpointTested(
    audit: AuditContext,
    { endpoint, facts }: { endpoint: { id: string; url: string }; facts: Facts },
  ): Promise<void> {
    const object = { kind: 'endpoint', id: endpoint.id, name: endpoint.url };
    await this.audit.record(audit, { action: 'endpoint.test', object, after: facts });
  }

  /** Settles when the change is in force in this process. */
  async tellHere(): Promise<void> {
    this.changes.tellHere('providers');
    await this.snapshot.settled();
  }
}

function objectOf({ id, slug }: Provider) {
  return { kind: 'provider', id, name: slug };
}

function factsOf(provider: Provider): Facts {
  const { name, slug, type, baseUrl, models, isEnabled, defaultMark } = provider;
  return { name, slug, type, baseUrl, models, isEnabled, isDefault: defaultMark !== null };
}

function differences(before: Facts, after: Facts): { before: Facts; after: Facts } {
  const names = Object.keys(after).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const pick = (facts: Facts): Facts =>
    Object.fromEntries(names.map((name) => [name, facts[name]]));
  return { before: pick(before), after: pick(after) };
}
