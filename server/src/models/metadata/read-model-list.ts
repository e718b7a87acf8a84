import {
  type Facts,
  factsOf,
  listOf,
  modalitiesBy,
  modalitiesIn,
  said,
  type ToldFacts,
  tokensIn,
  wordsOf,
} from './told-facts.js';

/** What has more to say about the model than the list did. */
export type FurtherSource = 'ollama' | 'llama_server' | 'lm_studio';

export interface ListedModel {
  facts: ToldFacts;
  /** Null: the list says what there is to know. */
  further: FurtherSource | null;
}

export interface ModelList {
  /** Names of models, as they are listed. */
  readonly names: readonly string[];
  /** What is said of one; undefined if it is not listed. */
  find(name: string): ListedModel | undefined;
}

/** LM Studio has named itself both ways. */
const LM_STUDIO = ['organization_owner', 'organization-owner'];

/** The answer to `GET /models`; null if it is not such a list. */
export function readModelList(body: unknown): ModelList | null {
  const { data } = factsOf(body);
  if (!Array.isArray(data)) return null;
  const cards = new Map<string, Facts>();
  for (const card of listOf(data)) {
    if (typeof card['id'] === 'string' && !cards.has(card['id'])) cards.set(card['id'], card);
  }
  const names = [...cards.keys()];
  const byPlainName = new Map(names.map((name) => [withoutLatest(name), name] as const));
  const cardOf = (name: string) =>
    cards.get(name) ?? cards.get(byPlainName.get(withoutLatest(name)) ?? '');
  return {
    names,
    find: (name) => {
      const card = cardOf(name);
      if (!card) return undefined;
      // A vLLM lists adapters beside the model that they change; the window is that of the model.
      const parent = typeof card['parent'] === 'string' ? cardOf(card['parent']) : undefined;
      return readCard(card, parent);
    },
  };
}

/** Ollama lists `name:latest` for what is asked as `name`. */
function withoutLatest(name: string): string {
  return name.replace(/:latest$/, '');
}

function readCard(card: Facts, parent: Facts | undefined): ListedModel {
  const contextWindow = windowOf(card) ?? (parent && windowOf(parent));
  const facts = said({
    contextWindow,
    maxOutputTokens: tokensIn(
      factsOf(card['top_provider'])['max_completion_tokens'],
      card['max_completion_tokens'],
      card['max_output_tokens'],
    ),
    ...abilitiesOf(card),
    ...modalitiesOf(card),
  });
  return { facts, further: furtherSource(card, facts) };
}

/** vLLM and SGLang, OpenRouter and Together, Groq, Mistral, llama.cpp. */
function windowOf(card: Facts): number | undefined {
  return tokensIn(
    card['max_model_len'],
    factsOf(card['top_provider'])['context_length'],
    card['context_length'],
    card['context_window'],
    card['max_context_length'],
    factsOf(card['meta'])['n_ctx'],
    factsOf(card['meta'])['n_ctx_train'],
  );
}

/** OpenRouter lists parameters it takes, Mistral flags of what the model can. */
function abilitiesOf(card: Facts) {
  const parameters = wordsOf(card['supported_parameters']);
  const { function_calling: calls, reasoning } = factsOf(card['capabilities']);
  return {
    supportsFunctionCalling:
      parameters?.includes('tools') ?? (typeof calls === 'boolean' ? calls : undefined),
    supportsReasoning:
      parameters?.includes('reasoning') ?? (typeof reasoning === 'boolean' ? reasoning : undefined),
  };
}

function modalitiesOf(card: Facts) {
  const architecture = factsOf(card['architecture']);
  const { vision, audio } = factsOf(card['capabilities']);
  return {
    inputModalities:
      modalitiesIn(architecture['input_modalities']) ?? modalitiesBy({ image: vision, audio }),
    outputModalities: modalitiesIn(architecture['output_modalities']),
  };
}

/**
 * llama.cpp and LM Studio say who they are; Ollama does not, but lists less than anybody, so that
 * whoever says no window is asked as if it were one.
 */
function furtherSource(card: Facts, { contextWindow }: ToldFacts): FurtherSource | null {
  const owner = String(card['owned_by']);
  if (owner === 'llamacpp') return 'llama_server';
  if (LM_STUDIO.includes(owner)) return 'lm_studio';
  return contextWindow === undefined && owner !== 'vllm' && owner !== 'sglang' ? 'ollama' : null;
}
