/**
 * The Responses API as a backend speaks it itself: the pieces of an answer that says "Grüße", for
 * `ScriptedUpstream`.
 */
export const nativeResponse = (rest: object) => ({
  id: 'resp_up',
  object: 'response',
  created_at: 5,
  model: 'upstream-name',
  ...rest,
});
export const NATIVE_USAGE = {
  input_tokens: 5,
  input_tokens_details: { cached_tokens: 2 },
  output_tokens: 3,
  output_tokens_details: { reasoning_tokens: 1 },
  total_tokens: 8,
};
export const NATIVE_OUTPUT = [
  {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: 'Grüße', annotations: [] }],
  },
];
export const nativeEvent = (type: string, sequence_number: number, rest: object) =>
  `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number, ...rest })}\n\n`;
export const CREATED = nativeEvent('response.created', 0, {
  response: nativeResponse({ status: 'in_progress', output: [] }),
});
export const ADDED =
  nativeEvent('response.output_item.added', 1, {
    output_index: 0,
    item: { ...NATIVE_OUTPUT[0], status: 'in_progress', content: [] },
  }) +
  nativeEvent('response.content_part.added', 2, {
    item_id: 'msg_1',
    output_index: 0,
    content_index: 0,
    part: { type: 'output_text', text: '', annotations: [] },
  });
export const nativeDelta = (delta: string, number: number) =>
  nativeEvent('response.output_text.delta', number, {
    item_id: 'msg_1',
    output_index: 0,
    content_index: 0,
    delta,
    logprobs: [],
  });
export const COMPLETED = nativeEvent('response.completed', 9, {
  response: nativeResponse({ status: 'completed', output: NATIVE_OUTPUT, usage: NATIVE_USAGE }),
});
