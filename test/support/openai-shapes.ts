import { z } from 'zod';

/**
 * What OpenAI's public API description requires of answers. Fields beside these are allowed, as the
 * backends and Lumen add some.
 */
const count = z.int().nonnegative();

const usage = z.looseObject({
  prompt_tokens: count,
  completion_tokens: count,
  total_tokens: count,
});

const finishReason = z.enum(['stop', 'length', 'tool_calls', 'content_filter', 'function_call']);

const head = { id: z.string(), created: z.int().positive(), model: z.string() };

const message = z.looseObject({
  role: z.literal('assistant'),
  content: z.string().nullable(),
  refusal: z.string().nullish(),
  tool_calls: z
    .array(
      z.looseObject({
        id: z.string(),
        type: z.literal('function'),
        function: z.looseObject({ name: z.string(), arguments: z.string() }),
      }),
    )
    .nullish(),
});

export const chatCompletion = z.looseObject({
  ...head,
  object: z.literal('chat.completion'),
  choices: z
    .array(
      z.looseObject({
        index: count,
        message,
        finish_reason: finishReason,
        logprobs: z.looseObject({}).nullish(),
      }),
    )
    .min(1),
  usage: usage.optional(),
});

const delta = z.looseObject({
  role: z.literal('assistant').optional(),
  content: z.string().nullish(),
  refusal: z.string().nullish(),
  tool_calls: z
    .array(
      z.looseObject({
        index: count,
        id: z.string().optional(),
        type: z.literal('function').optional(),
        function: z
          .looseObject({ name: z.string().optional(), arguments: z.string().optional() })
          .optional(),
      }),
    )
    .optional(),
});

export const chatChunk = z.looseObject({
  ...head,
  object: z.literal('chat.completion.chunk'),
  choices: z.array(z.looseObject({ index: count, delta, finish_reason: finishReason.nullable() })),
  usage: usage.nullish(),
});

/** Whole, and each chunk of a stream, whose choices have no reason until their end. */
const textOf = (reason: z.ZodType) =>
  z.looseObject({
    ...head,
    object: z.literal('text_completion'),
    choices: z.array(
      z.looseObject({
        index: count,
        text: z.string(),
        logprobs: z.looseObject({}).nullable(),
        finish_reason: reason,
      }),
    ),
    usage: usage.nullish(),
  });

const textReason = z.enum(['stop', 'length', 'content_filter']);
export const textCompletion = textOf(textReason);
export const textChunk = textOf(textReason.nullable());

export const embeddingList = z.looseObject({
  object: z.literal('list'),
  model: z.string(),
  data: z
    .array(
      z.looseObject({
        object: z.literal('embedding'),
        index: count,
        embedding: z.union([z.array(z.number()).min(1), z.base64()]),
      }),
    )
    .min(1),
  usage: z.looseObject({ prompt_tokens: count, total_tokens: count }),
});

export const model = z.looseObject({
  id: z.string().min(1),
  object: z.literal('model'),
  created: z.int(),
  owned_by: z.string(),
});

export const modelList = z.looseObject({ object: z.literal('list'), data: z.array(model) });

export const apiError = z.strictObject({
  error: z.strictObject({
    message: z.string().min(1),
    type: z.string().min(1),
    param: z.string().nullable(),
    code: z.string().nullable(),
  }),
});
