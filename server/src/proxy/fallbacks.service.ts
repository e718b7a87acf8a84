import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/index.js';
import { type CatalogueEntry, CatalogueService } from '../models/index.js';
import { type MeteredRequest } from './metering/metered-request.js';
import { type AdmittedRequest, MeteringService } from './metering/metering.service.js';
import { RequestRecorderService } from './metering/request-recorder.service.js';
import { type ProxyCall } from './proxy-call.js';

/** The models that stand in for one whose endpoints all failed, for callers who may use them. */
@Injectable()
export class FallbacksService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly access: AccessService,
    private readonly metering: MeteringService,
    private readonly recorder: RequestRecorderService,
  ) {}

  /** In their order, each once; those that are not there are passed over, and theirs do not count. */
  of({ id, routing }: CatalogueEntry): CatalogueEntry[] {
    const found = new Set<CatalogueEntry>();
    for (const name of routing.fallbacks) {
      const entry = this.catalogue.find(name);
      if (entry && entry.id !== id) found.add(entry);
    }
    return [...found];
  }

  /**
   * Holds what the request costs at another model. Resolves with null where the caller may not use it,
   * has not acknowledged it, or cannot pay for it: that is no news to somebody who did not ask for it.
   */
  async admit(
    call: ProxyCall,
    { principal, request, record: first }: AdmittedRequest,
    entry: CatalogueEntry,
  ): Promise<MeteredRequest | null> {
    try {
      await this.access.admit(call, entry);
      const record = this.recorder.openAnother(call, first);
      record.read(request);
      record.resolved(entry);
      const admitted = { principal, request, entry, record };
      return await this.metering.hold(admitted, await this.metering.fundingOf(admitted));
    } catch {
      return null;
    }
  }
}
