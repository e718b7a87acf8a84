import {
  type Facts,
  factsOf,
  parameterSizeIn,
  quantizationIn,
  said,
  type ToldFacts,
  tokensIn,
  wordsOf,
} from './told-facts.js';

/** Ollama's answer to `POST /api/show`. */
export function readOllamaModel(body: unknown): ToldFacts {
  const model = factsOf(body);
  const details = factsOf(model['details']);
  return said({
    contextWindow: windowOf(model),
    ...abilitiesOf(wordsOf(model['capabilities'])),
    parameterSize: parameterSizeIn(details['parameter_size']),
    quantization: quantizationIn(details['quantization_level']),
  });
}

/** What the model was made for, or what its Modelfile lowers that to. */
function windowOf(model: Facts): number | undefined {
  const info = factsOf(model['model_info']);
  const name = Object.keys(info).find((key) => /^[^.]+\.context_length$/.test(key));
  const made = name === undefined ? undefined : tokensIn(info[name]);
  const parameters = typeof model['parameters'] === 'string' ? model['parameters'] : '';
  const lowered = tokensIn(Number(/^\s*num_ctx\s+(\d{1,9})\s*$/m.exec(parameters)?.[1]));
  return made !== undefined && lowered !== undefined ? Math.min(made, lowered) : (lowered ?? made);
}

/** Earlier versions do not list capabilities; then nothing is known of them. */
function abilitiesOf(capabilities: string[] | undefined) {
  if (!capabilities || capabilities.length === 0) return {};
  const has = (word: string) => capabilities.includes(word);
  if (has('embedding')) return { inputModalities: ['text'], outputModalities: ['embedding'] };
  const inputModalities = ['text', ...['image', 'audio'].filter((word) => has(CALLED[word]!))];
  return {
    inputModalities,
    outputModalities: ['text'],
    supportsFunctionCalling: has('tools'),
    supportsReasoning: has('thinking'),
  };
}

const CALLED: Record<string, string> = { image: 'vision', audio: 'audio' };
