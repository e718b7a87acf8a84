import { flagIn, invalid, isObject, missing } from '../requests/json-body.js';

/** What would need a memory of responses. @throws AppError invalid_request */
export function refuseState(values: Readonly<Record<string, unknown>>): void {
  flagIn(values, 'store');
  if (flagIn(values, 'background')) {
    throw invalid(
      'background',
      'Lumen keeps no responses, so that none can be made in the background. Send "background": false and wait for the answer, or stream it.',
    );
  }
  for (const key of ['previous_response_id', 'conversation']) {
    if ((values[key] ?? null) === null) continue;
    throw invalid(
      key,
      `Lumen keeps no responses and no conversations, so that "${key}" refers to nothing. Send the earlier turns in "input".`,
    );
  }
}

/** The items or the text. Empty where a stored prompt stands in its place. @throws AppError invalid_request, missing_field */
export function inputIn(values: Readonly<Record<string, unknown>>): readonly unknown[] | string {
  const input = values['input'] ?? null;
  if (input === null && isObject(values['prompt'])) return [];
  if (input === null) throw missing('input', 'a text or a list of items');
  if (typeof input === 'string') return input;
  if (!Array.isArray(input) || input.length === 0) {
    throw invalid('input', '"input" must be a text or a list with at least one item.');
  }
  for (const [index, item] of (input as unknown[]).entries()) refuseReference(item, index);
  return input as unknown[];
}

/** An item that is nothing but an id is one too. @throws AppError invalid_request */
function refuseReference(item: unknown, index: number): void {
  const param = `input[${index}]`;
  if (!isObject(item)) throw invalid(param, `"${param}" must be an object.`);
  const type = item['type'] ?? (item['role'] === undefined ? 'item_reference' : 'message');
  if (typeof type !== 'string') throw invalid(param, `The "type" of "${param}" must be a string.`);
  if (type !== 'item_reference') return;
  throw invalid(
    param,
    `Lumen keeps no items, so that the reference in "${param}" leads nowhere. Send the item itself.`,
  );
}
