/// <reference lib="webworker" />
import { render } from './markdown-desk';
import { type RenderRequest } from './markdown-messages';

addEventListener('message', async ({ data }: MessageEvent<RenderRequest>) => {
  postMessage(await render(data));
});
