import { Injectable } from '@nestjs/common';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { type ModelEndpoint } from '../catalogue-entry.js';
import { askJson, UnansweredError } from './json-question.js';
import { readLlamaServer } from './read-llama-server.js';
import { readLmStudio } from './read-lm-studio.js';
import {
  type FurtherSource,
  type ListedModel,
  type ModelList,
  readModelList,
} from './read-model-list.js';
import { readOllamaModel } from './read-ollama.js';
import { type ToldFacts } from './told-facts.js';

/** What came of asking one endpoint about its model. */
export interface EndpointAnswer {
  readonly endpoint: ModelEndpoint;
  readonly latencyMs: number;
  /** Null: there is no answer that could be read, and `problem` says why. */
  readonly facts: ToldFacts | null;
  /** For an engineer; nothing of a key is in it. */
  readonly problem: string | null;
}

const MOST_NAMES = 5;
const LONGEST_NAME = 100;
const SECOND = 1000;

/** Asks backends what they know of the models they serve. */
@Injectable()
export class BackendQuestionsService {
  constructor(
    private readonly configuration: ConfigurationService,
    private readonly clock: ClockService,
  ) {}

  /**
   * Asks one backend about the models of these endpoints of it, one after the other, until
   * `endsAtMs` of the monotonic clock; each question has `upstream.probe.timeout_s`. A backend that was
   * silent once is not asked about the rest. Whatever it does is an answer.
   */
  async ask(backend: readonly ModelEndpoint[], endsAtMs: number): Promise<EndpointAnswer[]> {
    const inquiry = new Inquiry((question) =>
      askJson({ ...question, timeoutMs: this.timeLeft(endsAtMs) }),
    );
    const answers: EndpointAnswer[] = [];
    for (const endpoint of backend) {
      const startedAtMs = this.clock.monotonicMs();
      const told = await inquiry.about(endpoint);
      const latencyMs = Math.round(this.clock.monotonicMs() - startedAtMs);
      answers.push({ endpoint, latencyMs, ...told });
    }
    return answers;
  }

  private timeLeft(endsAtMs: number): number {
    const questionMs = this.configuration.current.upstream.probe.timeoutS * SECOND;
    return Math.min(questionMs, endsAtMs - this.clock.monotonicMs());
  }
}

type Ask = (question: { endpoint: ModelEndpoint; path: string; body?: string }) => Promise<unknown>;

/** One backend while it is asked: its list of models is asked for once. */
class Inquiry {
  private list: ModelList | null = null;
  private silence: string | null = null;

  constructor(private readonly ask: Ask) {}

  async about(endpoint: ModelEndpoint): Promise<Pick<EndpointAnswer, 'facts' | 'problem'>> {
    if (this.silence !== null) return { facts: null, problem: this.silence };
    try {
      this.list ??= await this.readList(endpoint);
      return { facts: await this.factsOf(endpoint, this.list), problem: null };
    } catch (error) {
      if (!(error instanceof UnansweredError)) throw error;
      if (error.isSilent || this.list === null) this.silence = error.message;
      return { facts: null, problem: error.message };
    }
  }

  private async readList(endpoint: ModelEndpoint): Promise<ModelList> {
    const path = `${endpoint.basePath}/models`;
    const list = readModelList(await this.ask({ endpoint, path }));
    if (list) return list;
    throw new UnansweredError(`What ${path} answered is not a list of models.`);
  }

  private async factsOf(endpoint: ModelEndpoint, list: ModelList): Promise<ToldFacts> {
    const listed = list.find(endpoint.upstreamModel);
    if (!listed) throw new UnansweredError(notListed(endpoint, list));
    return { ...listed.facts, ...(await this.furtherFacts(endpoint, listed)) };
  }

  /** A backend that turns out to be of another kind says nothing here, which is no failure. */
  private async furtherFacts(
    endpoint: ModelEndpoint,
    { further }: ListedModel,
  ): Promise<ToldFacts> {
    if (further === null) return {};
    const { read, ...question } = questionOf(endpoint, further);
    try {
      return read(await this.ask({ endpoint, ...question }));
    } catch (error) {
      if (error instanceof UnansweredError && !error.isSilent) return {};
      throw error;
    }
  }
}

/** These APIs stand beside `/v1`, not under it. */
function questionOf({ basePath, upstreamModel }: ModelEndpoint, further: FurtherSource) {
  const root = basePath.replace(/\/v1$/, '');
  if (further === 'llama_server') return { path: `${root}/props`, read: readLlamaServer };
  if (further === 'lm_studio') {
    const name = upstreamModel.split('/').map(encodeURIComponent).join('/');
    return { path: `${root}/api/v0/models/${name}`, read: readLmStudio };
  }
  const body = JSON.stringify({ model: upstreamModel });
  return { path: `${root}/api/show`, body, read: readOllamaModel };
}

/** A backend may have its key among its names; nobody shall read it here. */
function notListed({ upstreamModel, authorization }: ModelEndpoint, { names }: ModelList): string {
  const start = `The backend has no model "${upstreamModel}"`;
  if (names.length === 0) return `${start}; it lists none.`;
  const key = authorization?.replace(/^Bearer /, '') ?? '';
  const shown = names.slice(0, MOST_NAMES).map((name) => {
    const told = key === '' ? name : name.replaceAll(key, '[key]');
    return `"${told.replace(/\p{Cc}/gu, ' ').slice(0, LONGEST_NAME)}"`;
  });
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `${start}; it has ${shown.join(', ')}${more}.`;
}
