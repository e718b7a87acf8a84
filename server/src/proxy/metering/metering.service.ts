import { Injectable } from '@nestjs/common';
import { type Funding, FundingService, type HoldGrant, HoldsService } from '../../budgets/index.js';
import { ConfigurationService } from '../../config/configuration.service.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type Principal } from '../../infrastructure/http/principal.js';
import { type CatalogueEntry } from '../../models/index.js';
import { CheckpointsService } from './checkpoints.service.js';
import { type ModelRequest } from '../requests/model-request.js';
import { type MeteredBy, MeteredRequest } from './metered-request.js';
import { hidesReasoning } from '../requests/hidden-reasoning.js';
import { type ModelOutput, type OutputPlan, planOutput } from '../requests/output-limit.js';
import { type RequestRecorder } from './request-recorder.service.js';
import { SettlementsService } from './settlements.service.js';
import { mostPromptTokens } from '../requests/token-estimate.js';

/** One request, read and admitted. */
export interface AdmittedRequest {
  readonly principal: Principal;
  readonly request: ModelRequest;
  readonly entry: CatalogueEntry;
  readonly record: RequestRecorder;
}

/** Sees to it that nothing goes upstream which is not held, and that all is settled. */
@Injectable()
export class MeteringService implements MeteredBy {
  constructor(
    private readonly configuration: ConfigurationService,
    private readonly funding: FundingService,
    readonly holds: HoldsService,
    readonly settlements: SettlementsService,
    readonly checkpoints: CheckpointsService,
  ) {}

  /** Which pools pay; at once for a caller who was seen lately. @throws AppError budget_missing, budget_blocked */
  fundingOf({ principal, entry }: AdmittedRequest): Funding | Promise<Funding> {
    return this.funding.of(principal, entry);
  }

  /**
   * Holds what the request may cost at the most; from here on it must be settled, or released.
   * @throws AppError budget_exceeded, overloaded, database_unavailable
   */
  async hold(admitted: AdmittedRequest, funding: Funding): Promise<MeteredRequest> {
    this.settlements.assertRoom();
    const { request, entry, record } = admitted;
    const usual = this.configuration.current.budgets.defaultOutputTokens;
    const plan = planOutput(request, outputOf(entry), usual);
    const isHeld = funding.coins !== null || funding.tokens !== null;
    const grant = isHeld ? await this.open(admitted, funding, plan) : null;
    const parts = { request, entry, record, funding, plan, grant, step: usual };
    const metered = new MeteredRequest(parts, this);
    const choices = request.output?.choices ?? 0;
    if (grant && grant.outputTokens < choices) {
      const error = tooManyChoices(choices, grant.outputTokens);
      record.failed(error);
      await metered.release();
      throw error;
    }
    return metered;
  }

  private async open(
    { request, entry, record }: AdmittedRequest,
    funding: Funding,
    plan: OutputPlan,
  ): Promise<HoldGrant> {
    record.funded(funding);
    try {
      const grant = await this.holds.open({
        id: record.id,
        funding,
        prices: entry.prices,
        promptTokens: mostPromptTokens(request.prompt, entry.contextWindow),
        outputTokens: plan.held,
        audioMs: request.audioMs?.most,
        // Nobody can tell a backend to write down only half of what it hears.
        isLowerable: request.output !== null && request.audioMs === null,
        checkpoint: record.checkpoint(null, 0n),
      });
      record.held(grant);
      return grant;
    } catch (error) {
      record.notHeld();
      throw error;
    }
  }
}

function outputOf(entry: CatalogueEntry): ModelOutput {
  const { maxOutputTokens, contextWindow } = entry;
  return { maxOutputTokens, contextWindow, hidesReasoning: hidesReasoning(entry) };
}

function tooManyChoices(choices: number, tokens: number): AppError {
  return new AppError(
    'budget_exceeded',
    `Your budget pays for ${tokens} more tokens of output, which is less than one for each of the ${choices} choices asked for. Ask for fewer, or wait until more has come.`,
    { param: 'n' },
  );
}
