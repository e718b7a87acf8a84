/** What is sent, as for `fetch`. */
export interface Sending {
  method: string;
  headers: Headers;
  body: FormData | string | null;
  signal: AbortSignal | null;
}

/** Sends as `fetch` does, which cannot tell how far a body has come. */
export function sendTelling(
  path: string,
  { method, headers, body, signal }: Sending,
  onProgress: (share: number) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const leave = () => request.abort();
    const gone = () => reject(new DOMException('The request was given up.', 'AbortError'));
    if (signal?.aborted) return gone();
    signal?.addEventListener('abort', leave);
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (total > 0) onProgress(loaded / total);
    });
    request.addEventListener('loadend', () => signal?.removeEventListener('abort', leave));
    request.addEventListener('load', () => resolve(responseOf(request)));
    request.addEventListener('error', () => reject(new TypeError('The request failed.')));
    request.addEventListener('abort', gone);
    request.open(method, path);
    headers.forEach((value, name) => request.setRequestHeader(name, value));
    request.send(body);
  });
}

const WITHOUT_BODY = [204, 205, 304];

function responseOf(request: XMLHttpRequest): Response {
  const headers = new Headers();
  for (const line of request
    .getAllResponseHeaders()
    .trim()
    .split(/[\r\n]+/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  const body = WITHOUT_BODY.includes(request.status) ? null : request.responseText;
  return new Response(body, { status: request.status, headers });
}
