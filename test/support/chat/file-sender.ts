import { type AttachmentDto } from '../../../server/src/chat/attachments/attachments.dto.js';
import { type ChatPage } from './chat-page.js';

export interface SentFile {
  readonly status: number;
  readonly attachment: AttachmentDto;
  /** Why it was refused. */
  readonly refusal: {
    readonly code: string;
    readonly message: string;
    readonly details?: { readonly reason: string };
  };
}

/** Attaches files as the chat page does. */
export class FileSender {
  constructor(private readonly page: ChatPage) {}

  send(name: string, content: Buffer | string): Promise<SentFile> {
    const form = new FormData();
    form.append('file', new File([Uint8Array.from(Buffer.from(content))], name));
    return this.post(form);
  }

  /** A body as no page sends it. */
  async post(body: RequestInit['body'], contentType?: string): Promise<SentFile> {
    const answer = await fetch(`${this.page.url}/chat/attachments`, {
      method: 'POST',
      headers: { ...this.page.headers, ...(contentType && { 'content-type': contentType }) },
      body,
      // A stream is sent as it comes.
      duplex: 'half',
    } as RequestInit);
    const read = (await answer.json()) as AttachmentDto & { error: SentFile['refusal'] };
    return { status: answer.status, attachment: read, refusal: read.error };
  }

  /** One that is taken. */
  async give(name: string, content: Buffer | string): Promise<AttachmentDto> {
    const { status, attachment, refusal } = await this.send(name, content);
    if (status !== 201) throw new Error(`${name} was refused: ${JSON.stringify(refusal)}`);
    return attachment;
  }

  contentOf(id: string, headers: Record<string, string> = {}): Promise<Response> {
    const url = `${this.page.url}/chat/attachments/${id}/content`;
    return fetch(url, { headers: { ...this.page.headers, ...headers } });
  }
}
