import { factsOf, quantizationIn, said, type ToldFacts, tokensIn, wordsOf } from './told-facts.js';

/** LM Studio's answer to `GET /api/v0/models/{model}`. */
export function readLmStudio(body: unknown): ToldFacts {
  const model = factsOf(body);
  const { type } = model;
  const abilities = wordsOf(model['capabilities']);
  const reads = type === 'vlm' ? ['text', 'image'] : ['text'];
  const isChat = type === 'llm' || type === 'vlm';
  const isKnown = isChat || type === 'embeddings';
  return said({
    contextWindow: tokensIn(model['loaded_context_length'], model['max_context_length']),
    supportsFunctionCalling: isChat ? abilities?.includes('tool_use') : undefined,
    inputModalities: isKnown ? reads : undefined,
    outputModalities: isKnown ? [type === 'embeddings' ? 'embedding' : 'text'] : undefined,
    quantization: quantizationIn(model['quantization']),
  });
}
