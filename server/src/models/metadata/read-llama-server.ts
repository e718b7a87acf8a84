import { factsOf, flagIn, modalitiesBy, said, type ToldFacts, tokensIn } from './told-facts.js';

/** The answer of a llama.cpp server to `GET /props`: how the model was started, not how it was made. */
export function readLlamaServer(body: unknown): ToldFacts {
  const props = factsOf(body);
  const { vision, audio } = factsOf(props['modalities']);
  const template = factsOf(props['chat_template_caps']);
  return said({
    contextWindow: tokensIn(factsOf(props['default_generation_settings'])['n_ctx'], props['n_ctx']),
    inputModalities: modalitiesBy({ image: vision, audio }),
    supportsFunctionCalling: flagIn(template['supports_tools'] ?? template['supports_tool_calls']),
  });
}
