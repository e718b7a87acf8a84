import { isObject } from '../requests/json-body.js';
import { PromptMedia } from '../requests/prompt-media.js';
import { type PromptSize } from '../requests/token-estimate.js';
import { type Fields } from './messages-body.js';

/** Tools that the caller runs, by how their types begin: the rest is a date. */
const OF_CALLERS = ['custom', 'bash_', 'text_editor_', 'computer_', 'memory_'];

/** Measures a request in Anthropic's format without reading its texts. */
export function messagesPromptSize(
  { tools, mcp_servers: servers }: Fields,
  messages: readonly Fields[],
  bodyBytes: number,
): PromptSize {
  const media = new PromptMedia();
  for (const { content } of messages) measure(content, media);
  const grows = (servers ?? null) !== null || hasForeignTools(tools);
  return media.sizeOf(bodyBytes, messages.length, grows);
}

/** Tools without a type are the caller's. What others find is read by the model. */
function hasForeignTools(tools: unknown): boolean {
  if (!Array.isArray(tools)) return false;
  return tools.some((tool) => {
    const type = isObject(tool) ? tool['type'] : null;
    return typeof type === 'string' && !OF_CALLERS.some((start) => type.startsWith(start));
  });
}

/** Results of tools have blocks of their own, and so have documents. */
function measure(content: unknown, media: PromptMedia, depth = 0): void {
  if (!Array.isArray(content) || depth > 2) return;
  for (const block of content as unknown[]) {
    if (!isObject(block)) continue;
    const { type, source } = block;
    if (type === 'tool_result') measure(block['content'], media, depth + 1);
    else if (type === 'image' && isObject(source)) media.addImage(source['data']);
    else if (type === 'document' && isObject(source)) measureDocument(source, media, depth);
  }
}

function measureDocument(source: Fields, media: PromptMedia, depth: number): void {
  const { type, data, content } = source;
  if (type === 'base64' && typeof data === 'string') media.addFile(data);
  else if (type === 'url' || type === 'file') media.addFile(null);
  else measure(content, media, depth + 1);
}
