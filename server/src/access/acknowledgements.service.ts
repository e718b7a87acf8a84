import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { isUniqueViolation } from '../infrastructure/database/database-errors.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { accessRefusal } from './access-refusal.js';
import { AccessService } from './access.service.js';
import { type AcknowledgementText } from './acknowledgement-text.js';
import { Acknowledgement } from './acknowledgement.entity.js';
import { type ModelStanding } from './model-standing.js';
import { type Owner, type OwnerAccess } from './owner-access.js';

/** Somebody agrees, for an owner, to the text that was shown about a model. */
export interface AcknowledgementGiven {
  readonly owner: Owner;
  readonly model: string;
  /** Of the text that was shown. */
  readonly textHash: string;
  /** The id of the person who agrees: the owner, or a manager of the client. */
  readonly userId: string;
}

/** Acknowledgements, each given once and recorded with the very words that were shown. */
@Injectable()
export class AcknowledgementsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly access: AccessService,
    private readonly audit: AuditTrailService,
    private readonly changes: ChangesService,
    private readonly clock: ClockService,
  ) {}

  /**
   * Records the agreement and answers how the owner stands to the model then. Where none is missing,
   * nothing is recorded.
   * @throws AppError model_not_found; permission_denied for a model that is blocked; conflict, with
   *   the text in force in its details, when another one was shown
   */
  async give(given: AcknowledgementGiven, audit: AuditContext): Promise<ModelStanding> {
    const { owner, standing } = await this.access.standingTo(given.model, given.owner);
    if (standing.access === 'blocked') throw refusal(owner, standing);
    if (standing.access === 'allowed' || !standing.text) return standing;
    if (given.textHash !== standing.text.hash) throw otherText(given.model, standing.text);
    await this.record(given, { text: standing.text, ownerName: owner.ownerName }, audit);
    return (await this.access.standingTo(given.model, given.owner)).standing;
  }

  private async record(
    given: AcknowledgementGiven,
    { text, ownerName }: { text: AcknowledgementText; ownerName: string },
    audit: AuditContext,
  ): Promise<void> {
    const { model, owner } = given;
    const event = {
      action: 'model.acknowledge',
      object: { kind: 'model', id: model, name: model },
      after: { [owner.ownerKind]: ownerName, textHash: text.hash },
    };
    try {
      await this.dataSource.transaction(async (manager) => {
        await manager.insert(Acknowledgement, this.row(given, text));
        await this.audit.record(audit, event, manager);
        await this.changes.publish('owner', owner.ownerId, manager);
      });
    } catch (error) {
      // Two pages confirmed at the same time; the other one has recorded it.
      if (!isUniqueViolation(error)) throw error;
    }
    this.changes.tellHere('owner', owner.ownerId);
  }

  private row({ owner, model, userId }: AcknowledgementGiven, { text, hash }: AcknowledgementText) {
    return {
      id: newId(),
      ownerKind: owner.ownerKind,
      ownerId: owner.ownerId,
      model,
      textHash: hash,
      text,
      acknowledgedBy: userId,
      acknowledgedAt: this.clock.now(),
    };
  }
}

function refusal({ ownerKind, ownerName }: OwnerAccess, standing: ModelStanding): AppError {
  const { decision, entry } = standing;
  return accessRefusal({ ownerKind, ownerName, model: entry.id, decision });
}

function otherText(model: string, { text, hash }: AcknowledgementText): AppError {
  return new AppError(
    'conflict',
    `The text about the model "${model}" is another one than you were shown. Read the new one and confirm that.`,
    { details: { model, text, textHash: hash } },
  );
}
