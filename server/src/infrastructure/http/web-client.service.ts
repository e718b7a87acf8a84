import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import staticFiles from '@fastify/static';
import { Injectable } from '@nestjs/common';
import { type FastifyInstance, type FastifyReply } from 'fastify';
import {
  CLIENT_FILE_POLICY,
  contentSecurityPolicy,
  DIAGRAM_FRAME_HEADERS,
} from './security-headers.js';

const NONCE_PLACEHOLDER = /__CSP_NONCE__/g;
const HASHED_NAME = /-[\w-]{8}\.\w+$/;
const NONCE_BYTES = 16;

const NOT_BUILT = `<!doctype html><meta charset="utf-8"><title>Lumen</title>
<p>The web client is not built. Run <code>npm start</code>, or <code>npm run build</code>.</p>`;

/** The built Angular client: its files, and its page for every address that is not a file or a route. */
@Injectable()
export class WebClientService {
  private page = NOT_BUILT;

  /** Serves the files of `directory`; names with a hash in them may be kept for ever. */
  async serve(fastify: FastifyInstance, directory: string): Promise<void> {
    try {
      this.page = await readFile(path.join(directory, 'index.html'), 'utf8');
    } catch {
      return;
    }
    await fastify.register(staticFiles, {
      root: directory,
      index: false,
      wildcard: false,
      globIgnore: ['**/index.html'],
      cacheControl: false,
      setHeaders: (reply, file) => {
        reply.header('content-security-policy', CLIENT_FILE_POLICY);
        if (isOfDiagrams(directory, file)) reply.headers(DIAGRAM_FRAME_HEADERS);
        const isHashed = HASHED_NAME.test(file);
        reply.header(
          'cache-control',
          isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
        );
      },
    });
  }

  /** Sends the page with a policy whose nonce is only its own. */
  send(reply: FastifyReply): void {
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    void reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-security-policy', contentSecurityPolicy(nonce))
      .send(this.page.replace(NONCE_PLACEHOLDER, nonce));
  }
}

function isOfDiagrams(directory: string, file: string): boolean {
  return path.relative(directory, file).startsWith(`diagrams${path.sep}`);
}
