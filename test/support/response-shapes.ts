import { z } from 'zod';

/** What OpenAI's public API description requires of responses and their events. */
const count = z.int().nonnegative();

const outputText = z.looseObject({
  type: z.literal('output_text'),
  text: z.string(),
  annotations: z.array(z.unknown()),
});
const refusal = z.looseObject({ type: z.literal('refusal'), refusal: z.string() });
const content = z.union([outputText, refusal]);

const item = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('message'),
    id: z.string().min(1),
    role: z.literal('assistant'),
    status: z.enum(['in_progress', 'completed', 'incomplete']),
    content: z.array(content),
  }),
  z.looseObject({
    type: z.literal('function_call'),
    call_id: z.string().min(1),
    name: z.string().min(1),
    arguments: z.string(),
  }),
  z.looseObject({
    type: z.literal('reasoning'),
    id: z.string().min(1),
    summary: z.array(z.looseObject({ type: z.literal('summary_text'), text: z.string() })),
  }),
]);

const usage = z.looseObject({
  input_tokens: count,
  input_tokens_details: z.looseObject({ cached_tokens: count }),
  output_tokens: count,
  output_tokens_details: z.looseObject({ reasoning_tokens: count }),
  total_tokens: count,
});

export const response = z.looseObject({
  id: z.string().min(1),
  object: z.literal('response'),
  created_at: z.number().nonnegative(),
  status: z.enum(['completed', 'failed', 'in_progress', 'cancelled', 'queued', 'incomplete']),
  error: z.looseObject({ code: z.string(), message: z.string() }).nullable(),
  incomplete_details: z.looseObject({ reason: z.string().optional() }).nullable(),
  instructions: z.union([z.string(), z.array(z.unknown())]).nullable(),
  model: z.string(),
  output: z.array(item),
  parallel_tool_calls: z.boolean(),
  temperature: z.number().nullable(),
  tool_choice: z.union([z.string(), z.looseObject({ type: z.string() })]),
  tools: z.array(z.looseObject({ type: z.string() })),
  top_p: z.number().nullable(),
  metadata: z.record(z.string(), z.string()).nullable(),
  usage: usage.nullish(),
});

const place = { item_id: z.string(), output_index: count };
const part = { ...place, content_index: count };

/** Fields by the type of an event, beside `type` and `sequence_number`. */
const FIELDS: Record<string, z.ZodRawShape> = {
  'response.created': { response },
  'response.in_progress': { response },
  'response.completed': { response },
  'response.incomplete': { response },
  'response.failed': { response },
  'response.output_item.added': { output_index: count, item },
  'response.output_item.done': { output_index: count, item },
  'response.content_part.added': { ...part, part: z.looseObject({ type: z.string() }) },
  'response.content_part.done': { ...part, part: z.looseObject({ type: z.string() }) },
  'response.output_text.delta': { ...part, delta: z.string() },
  'response.output_text.done': { ...part, text: z.string() },
  'response.refusal.delta': { ...part, delta: z.string() },
  'response.refusal.done': { ...part, refusal: z.string() },
  'response.function_call_arguments.delta': { ...place, delta: z.string() },
  'response.function_call_arguments.done': { ...place, arguments: z.string() },
  'response.reasoning_summary_part.added': { ...place, summary_index: count },
  'response.reasoning_summary_part.done': { ...place, summary_index: count },
  'response.reasoning_summary_text.delta': { ...place, summary_index: count, delta: z.string() },
  'response.reasoning_summary_text.done': { ...place, summary_index: count, text: z.string() },
  'response.reasoning_text.delta': { ...part, delta: z.string() },
  'response.reasoning_text.done': { ...part, text: z.string() },
  error: { message: z.string(), code: z.string().nullable(), param: z.string().nullable() },
};

/** One event; a type that OpenAI does not have fits nothing. */
export const responseEvent = z.looseObject({ type: z.string() }).superRefine((event, context) => {
  const fields = FIELDS[event.type];
  if (!fields) {
    context.addIssue({ code: 'custom', message: `no such event: ${event.type}` });
    return;
  }
  const { error } = z.looseObject({ sequence_number: count, ...fields }).safeParse(event);
  if (error) context.addIssue({ code: 'custom', message: `${event.type}: ${error.message}` });
});

/** The last event of a stream is one of these. */
export const LAST_EVENTS: ReadonlySet<string> = new Set([
  'response.completed',
  'response.incomplete',
  'response.failed',
  'error',
]);
