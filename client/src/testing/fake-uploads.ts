import { vi } from 'vitest';

/** One upload under way; the test decides how it goes. */
export class FakeUpload extends EventTarget {
  readonly upload = new EventTarget();
  status = 0;
  responseText = '';
  method = '';
  path = '';
  isAborted = false;
  body: FormData | null = null;
  readonly headers = new Map<string, string>();

  get file(): File {
    return this.body?.get('file') as File;
  }

  open(method: string, path: string): void {
    this.method = method;
    this.path = path;
  }

  setRequestHeader(name: string, value: string): void {
    this.headers.set(name, value);
  }

  getAllResponseHeaders(): string {
    return 'content-type: application/json\r\nx-request-id: r-upload\r\n';
  }

  send(body: FormData): void {
    this.body = body;
    FakeUploads.current?.all.push(this);
  }

  abort(): void {
    this.isAborted = true;
    this.dispatchEvent(new Event('abort'));
    this.dispatchEvent(new Event('loadend'));
  }

  progress(loaded: number, total: number): void {
    this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded, total }));
  }

  answer(status: number, body: unknown): void {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.dispatchEvent(new Event('load'));
    this.dispatchEvent(new Event('loadend'));
  }

  fail(): void {
    this.dispatchEvent(new Event('error'));
    this.dispatchEvent(new Event('loadend'));
  }
}

/** Stands in for XMLHttpRequest, which uploads go through. */
export class FakeUploads {
  static current: FakeUploads | null = null;
  readonly all: FakeUpload[] = [];

  constructor() {
    FakeUploads.current = this;
    vi.stubGlobal('XMLHttpRequest', FakeUpload);
  }
}
