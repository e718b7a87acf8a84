import {
  type Available,
  costOf,
  type Funding,
  type HoldGrant,
  type HoldsService,
} from '../../budgets/index.js';
import { type Place } from '../../infrastructure/collections/linked-list.js';
import { type CatalogueEntry, type EndpointTurn, type ModelEndpoint } from '../../models/index.js';
import { type Answer, type OutputAllowance, type SettledAnswer } from '../answers/answer.js';
import { chargedAudio } from '../audio/audio-charge.js';
import { balanceHeader, costHeader } from './budget-headers.js';
import { type ModelRequest } from '../requests/model-request.js';
import { outputTerms, type OutputTerms } from './output-terms.js';
import { type OutputPlan } from '../requests/output-limit.js';
import { type Relay, type RelayTerms } from '../upstream/relay.js';
import {
  type CountedUsage,
  NO_USAGE,
  type SettledUsage,
  type UsageBounds,
  usageOfPart,
  usageOfWhole,
} from '../answers/reported-usage.js';
import { type RequestRecorder } from './request-recorder.service.js';
import { type SettlementsService } from './settlements.service.js';
import { likelyPromptTokens, plausiblePromptTokens } from '../requests/token-estimate.js';
import { type Backend } from '../upstream/upstream-errors.js';
import { type ResponseSink } from '../answers/response-sink.js';

/** A request that was admitted, what pays for it, and what was held. */
export interface MeteredParts {
  readonly request: ModelRequest;
  readonly entry: CatalogueEntry;
  readonly record: RequestRecorder;
  readonly funding: Funding;
  readonly plan: OutputPlan;
  /** Null: no pool limits the owner. */
  readonly grant: HoldGrant | null;
  /** Output tokens by which a stream extends its hold. */
  readonly step: number;
}

/** What a request under way asks of others. */
export interface MeteredBy {
  readonly holds: Pick<HoldsService, 'extend'>;
  readonly settlements: Pick<SettlementsService, 'settleSoon'>;
  readonly checkpoints: Watch;
}

/** Notes with the holds of those it watches what they have used so far. */
export interface Watch {
  watch(request: MeteredRequest): Place<MeteredRequest>;
  forget(place: Place<MeteredRequest>): void;
}

/** One request between its hold and its settlement: what it may produce, and what it has used. */
export class MeteredRequest implements OutputAllowance, RelayTerms {
  /** Output tokens that may pass to the caller, by Lumen's count. */
  tokens: number;
  /** What the backend is told; null: nothing. Per choice. */
  readonly outputLimit: number | null;
  readonly bounds: UsageBounds;
  headers: Readonly<Record<string, string>>;
  readonly isUsageHidden: boolean;
  readonly choices: number;
  /** Names the model where the caller did not, or by another name, and says how the request waited. */
  private routeHeaders: Readonly<Record<string, string>>;
  private readonly terms: OutputTerms;
  private heldOutput: number;
  private used: SettledUsage | null = null;
  /** The answer that came to its end; null: none did. */
  private whole: Answer | null = null;
  private relay: Relay | null = null;
  private endpoint: ModelEndpoint | null = null;
  /** Among those whose use is noted now and then. */
  private watched: Place<MeteredRequest> | null = null;
  private checkpointedTokens = 0;
  private isClosed = false;

  constructor(
    private readonly parts: MeteredParts,
    private readonly by: MeteredBy,
  ) {
    const { request, entry, grant } = parts;
    this.terms = outputTerms(parts);
    this.outputLimit = this.terms.sentLimit;
    this.tokens = this.terms.allowance;
    this.heldOutput = grant?.outputTokens ?? 0;
    this.choices = request.output?.choices ?? 1;
    this.isUsageHidden = !request.wantsUsage;
    this.bounds = {
      promptTokens: plausiblePromptTokens(request.prompt),
      completionTokens: this.terms.plausibleOutput,
      audioMs: request.audioMs?.plausible,
    };
    this.routeHeaders = request.model === entry.id ? {} : servedBy(entry);
    const balance = this.balance(entry, grant?.available ?? null);
    this.headers = { ...this.routeHeaders, ...balance };
  }

  get allowance(): OutputAllowance {
    return this;
  }

  get isStream(): boolean {
    return this.parts.request.isStream;
  }

  get record(): RequestRecorder {
    return this.parts.record;
  }

  get backend(): Backend {
    return { model: this.parts.entry.id, authorization: this.endpoint?.authorization ?? null };
  }

  get request(): ModelRequest {
    return this.parts.request;
  }

  get entry(): CatalogueEntry {
    return this.parts.entry;
  }

  /** Where the answer goes; null before a backend was asked. */
  get sink(): ResponseSink | null {
    return this.relay && this.relay.sink;
  }

  /** Holds more output, as far as the request's own limit goes and the pools can pay. */
  more(): Promise<number> | null {
    const { mostHeld } = this.terms;
    const wanted = Math.min(this.parts.step, mostHeld - this.heldOutput);
    return wanted > 0 ? this.extend(wanted) : null;
  }

  called(turn: EndpointTurn): Readonly<Record<string, string>> | null {
    return this.record.called(turn);
  }

  /** The request stood in line for its turn; the answer says so. */
  waited(queuePosition: number): void {
    const header = { 'x-lumen-queue-position': String(queuePosition) };
    this.routeHeaders = { ...this.routeHeaders, ...header };
    this.headers = { ...this.headers, ...header };
  }

  /** From here on this relay tells what was used; those before it came to nothing. */
  forwarded(endpoint: ModelEndpoint, relay: Relay): void {
    this.relay = relay;
    this.endpoint = endpoint;
    this.record.forwarded(endpoint, relay);
    if (this.parts.grant && this.request.isStream) this.watched ??= this.by.checkpoints.watch(this);
  }

  /** A stream's state for its hold, if it has produced since it was last asked; else null. */
  nextCheckpoint(): { id: string; checkpoint: string } | null {
    const produced = this.relay?.answer?.usage.producedTokens ?? 0;
    if (this.isClosed || produced === this.checkpointedTokens) return null;
    this.checkpointedTokens = produced;
    return { id: this.record.id, checkpoint: this.checkpoint() };
  }

  /** What was last asked for could not be noted, so that it is to be asked for again. */
  checkpointLost(): void {
    this.checkpointedTokens = 0;
  }

  /** The answer came to its end, or as far as what is held went. */
  useWhole(answer: Answer): void {
    const { reported } = answer.usage;
    const used = answer.isCutShort
      ? usageOfPart(reported, this.counted(answer))
      : usageOfWhole(reported, this.counted(answer));
    this.used = this.withAudio(used, answer);
    this.whole = answer;
  }

  /** The answer was broken off. Until something was produced, nothing is charged. */
  usePart(answer: Answer): void {
    this.used = this.partOf(answer);
  }

  /**
   * Charges what was used. Resolves with what the caller is told when it is durable.
   * @throws AppError database_unavailable if that takes too long; it is charged all the same, but for
   * an answer of which the caller then gets nothing
   */
  async settle(): Promise<SettledAnswer> {
    const { record, entry, grant } = this.parts;
    const cost = this.costOfUsed();
    if (this.used) record.charged(this.used, cost);
    this.isClosed = true;
    if (this.watched) this.by.checkpoints.forget(this.watched);
    const { available } = await this.by.settlements.settleSoon(record.close(), () =>
      this.whole?.isStarted === false ? record.takenBack() : null,
    );
    const balance = this.balance(entry, grant && available);
    const headers = { ...this.routeHeaders, ...costHeader(this.used && cost), ...balance };
    return { headers, usage: this.used?.usage ?? NO_USAGE };
  }

  /** Nothing came of it: says why in the log, and gives back what is held. Never throws. */
  async fail(error: unknown): Promise<void> {
    this.record.failed(error);
    await this.release();
  }

  /** Gives back what is held, unless the request is settled already. Never throws. */
  async release(): Promise<void> {
    if (this.isClosed) return;
    this.used = null;
    await this.settle().catch(() => undefined);
  }

  private async extend(wanted: number): Promise<number> {
    const { funding, entry } = this.parts;
    const tokens = await this.by.holds.extend({
      id: this.record.id,
      funding,
      prices: entry.prices,
      moreOutputTokens: wanted,
      // All of it is held already.
      audioMs: this.request.audioMs ? 0 : undefined,
      checkpoint: this.checkpoint(),
    });
    this.heldOutput += tokens;
    const isAll = this.heldOutput >= this.terms.mostHeld;
    this.tokens = isAll ? this.terms.mostAllowed : this.heldOutput;
    return tokens;
  }

  private checkpoint(): string {
    const answer = this.relay?.answer;
    const used = answer ? this.partOf(answer) : null;
    return this.record.checkpoint(used, used ? this.cost(used) : 0n);
  }

  private partOf(answer: Answer): SettledUsage | null {
    const { reported, isReportFinal, producedTokens } = answer.usage;
    const counted = this.counted(answer);
    if (reported && isReportFinal) return this.withAudio(usageOfWhole(reported, counted), answer);
    const isUnused = producedTokens === 0 && !reported?.completionTokens;
    return isUnused ? null : this.withAudio(usageOfPart(reported, counted), answer);
  }

  /** Audio was heard as a whole before its first word came. */
  private withAudio(used: SettledUsage, { usage }: Answer): SettledUsage {
    const { request, entry, funding } = this.parts;
    const { audioMs: length } = request;
    if (length === null) return used;
    const isByLength = entry.prices.audioPerHour !== null && funding.tokens === null;
    return chargedAudio(used, usage.reported, { length, isByLength });
  }

  private counted(answer: Answer): CountedUsage {
    return {
      promptTokens: likelyPromptTokens(this.request.prompt),
      completionTokens: this.request.output === null ? 0 : answer.usage.producedTokens,
    };
  }

  private costOfUsed(): bigint {
    return this.used ? this.cost(this.used) : 0n;
  }

  /** By the prices in force when the request began. */
  private cost({ usage, audioMs }: SettledUsage): bigint {
    const { promptTokens, completionTokens, cachedTokens } = usage;
    const billed = {
      promptTokens: promptTokens ?? 0,
      completionTokens: completionTokens ?? 0,
      cachedTokens: cachedTokens ?? 0,
      audioMs,
    };
    return costOf(billed, this.parts.entry.prices);
  }

  private balance(entry: CatalogueEntry, available: Available | null): Record<string, string> {
    return available ? balanceHeader(available, entry.prices) : {};
  }
}

/** Ids may have letters that no header can carry; those are written as in an address. */
function servedBy({ id }: CatalogueEntry): Record<string, string> {
  return { 'x-lumen-model': encodeURI(id) };
}
