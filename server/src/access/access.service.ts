import { Injectable, Logger } from '@nestjs/common';
import { ConfigurationService } from '../config/configuration.service.js';
import { type Membership } from '../groups/index.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { isDebugged } from '../infrastructure/logging/log-levels.js';
import { CatalogueService, type CatalogueEntry } from '../models/index.js';
import { accessRefusal } from './access-refusal.js';
import { AcknowledgementTextsService } from './acknowledgement-texts.service.js';
import { type Decision } from './decide.js';
import { explain } from './explain.js';
import { limitedToKey } from './key-limit.js';
import { type ModelStanding } from './model-standing.js';
import { acknowledgedKey, type Owner, type OwnerAccess } from './owner-access.js';
import { OwnerAccessService } from './owner-access.service.js';

/** The door a request comes through: `api.consent: false` waives acknowledgements at one of them. */
export type AccessDoor = 'api' | 'chat';

/** A request for a model, as far as access is concerned. */
export interface AccessRequest {
  readonly principal: Principal;
  readonly source: AccessDoor;
  readonly requestId: string;
}

/**
 * Who may use which model, and why. An owner who was seen lately is answered from memory, at once;
 * otherwise there is a promise.
 */
@Injectable()
export class AccessService {
  private readonly logger = new Logger(AccessService.name);

  constructor(
    private readonly owners: OwnerAccessService,
    private readonly texts: AcknowledgementTextsService,
    private readonly catalogue: CatalogueService,
    private readonly configuration: ConfigurationService,
  ) {}

  /** What the rules say, acknowledged or not. */
  decide(principal: Principal, entry: CatalogueEntry): Decision | Promise<Decision> {
    const decided = (owner: OwnerAccess) => decisionOf(owner, principal, entry);
    const owner = this.owners.of(principal);
    return owner instanceof Promise ? owner.then(decided) : decided(owner);
  }

  /**
   * Lets a request pass that may use the model, with all that it needs; on the hot path.
   * @throws AppError permission_denied, acknowledgement_required
   */
  admit(request: AccessRequest, entry: CatalogueEntry): void | Promise<void> {
    const owner = this.owners.of(request.principal);
    if (owner instanceof Promise) return owner.then((found) => this.check(found, request, entry));
    this.check(owner, request, entry);
  }

  /** The model that a client chose for requests which name none; null: none, as for every person. */
  async defaultModelOf(owner: Owner): Promise<string | null> {
    return owner.ownerKind === 'client' ? (await this.owners.of(owner)).defaultModel : null;
  }

  /** How the caller stands to each model that can be asked for, in the order of the catalogue. */
  standings(
    principal: Principal,
    door: AccessDoor,
  ): readonly ModelStanding[] | Promise<readonly ModelStanding[]> {
    const each = (owner: OwnerAccess) =>
      this.catalogue.current.list.map((entry) =>
        this.standing(owner, entry, { door, decision: decisionOf(owner, principal, entry) }),
      );
    const owner = this.owners.of(principal);
    return owner instanceof Promise ? owner.then(each) : each(owner);
  }

  /**
   * How an owner stands to every model, disabled ones included, whichever key is used.
   * @throws AppError not_found
   */
  async standingsOf(
    owner: Owner,
    door: AccessDoor,
  ): Promise<{ owner: OwnerAccess; standings: readonly ModelStanding[] }> {
    const found = await this.owners.of(owner);
    const standings = this.catalogue.current.all.map((entry) =>
      this.standing(found, entry, { door, decision: found.profile.decide(entry) }),
    );
    return { owner: found, standings };
  }

  /**
   * How a person would stand to every model who has this address (in lower case; it may be nobody's)
   * and is in these groups, before any acknowledgement.
   */
  standingsIn(email: string, memberships: readonly Membership[]): readonly ModelStanding[] {
    const profile = this.owners.ofPerson(email, memberships);
    return this.catalogue.current.all.map((entry) => {
      const decision = profile.decide(entry);
      const text = decision.access === 'needs_ack' ? this.texts.of(entry) : null;
      return { entry, access: decision.access, decision, text, acknowledgedAt: null };
    });
  }

  /**
   * How an owner stands to one model in the chat, where no acknowledgement is waived.
   * @throws AppError not_found, model_not_found
   */
  async standingTo(
    model: string,
    owner: Owner,
  ): Promise<{ owner: OwnerAccess; standing: ModelStanding }> {
    const entry = this.catalogue.resolve(model);
    const found = await this.owners.of(owner);
    const decision = found.profile.decide(entry);
    return { owner: found, standing: this.standing(found, entry, { door: 'chat', decision }) };
  }

  /**
   * How an owner stands to this model, whichever key is used; nobody is a person in no group without
   * settings of their own.
   * @throws AppError not_found
   */
  async standingOf(
    entry: CatalogueEntry,
    owner: Owner | null,
    door: AccessDoor,
  ): Promise<ModelStanding> {
    if (owner) {
      const found = await this.owners.of(owner);
      return this.standing(found, entry, { door, decision: found.profile.decide(entry) });
    }
    const decision = this.owners.ofPerson('', []).decide(entry);
    const text = decision.access === 'needs_ack' ? this.texts.of(entry) : null;
    return { entry, access: decision.access, decision, text, acknowledgedAt: null };
  }

  private check(owner: OwnerAccess, request: AccessRequest, entry: CatalogueEntry): void {
    const { principal, source } = request;
    const decision = decisionOf(owner, principal, entry);
    if (isDebugged(this.configuration.current.log, AccessService.name)) {
      this.logger.debug(
        `${request.requestId}: ${owner.ownerName}, ${entry.id}, ${explain(decision)}`,
      );
    }
    if (decision.access === 'allowed') return;
    if (decision.access === 'needs_ack' && this.isLifted(owner, entry, source)) return;
    const { ownerKind, ownerName } = owner;
    throw accessRefusal({ ownerKind, ownerName, model: entry.id, decision });
  }

  private isLifted(owner: OwnerAccess, entry: CatalogueEntry, door: AccessDoor): boolean {
    return this.isWaived(door) || this.acknowledgedAt(owner, entry) !== null;
  }

  private standing(
    owner: OwnerAccess,
    entry: CatalogueEntry,
    { door, decision }: { door: AccessDoor; decision: Decision },
  ): ModelStanding {
    if (decision.access !== 'needs_ack') {
      return { entry, access: decision.access, decision, text: null, acknowledgedAt: null };
    }
    const acknowledgedAt = this.acknowledgedAt(owner, entry);
    const access = this.isWaived(door) || acknowledgedAt ? 'allowed' : 'needs_ack';
    return { entry, access, decision, text: this.texts.of(entry), acknowledgedAt };
  }

  private isWaived(door: AccessDoor): boolean {
    return door === 'api' && !this.configuration.current.api.consent;
  }

  private acknowledgedAt(owner: OwnerAccess, entry: CatalogueEntry): Date | null {
    if (owner.acknowledged.size === 0) return null;
    return owner.acknowledged.get(acknowledgedKey(entry.id, this.texts.of(entry).hash)) ?? null;
  }
}

function decisionOf(owner: OwnerAccess, principal: Principal, entry: CatalogueEntry): Decision {
  return limitedToKey(owner.profile.decide(entry), entry.id, principal.onlyModels);
}
