import { type LookupFunction } from 'node:net';
import { Agent, fetch as fetchBy, type RequestInit as Init } from 'undici';

const HERE = { address: '127.0.0.1', family: 4 };

/** Every name is this machine. */
const lookup: LookupFunction = (_name, { all }, tell) => {
  if (all) tell(null, [HERE]);
  else tell(null, HERE.address, HERE.family);
};

/** A caller who finds the domain at a port of this machine and trusts this certificate alone. */
export class TlsClient {
  private readonly agent: Agent;

  constructor(
    private readonly domain: string,
    private readonly port: number,
    certificate: Buffer,
  ) {
    this.agent = new Agent({ connect: { ca: certificate, lookup } });
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const address = `https://${this.domain}:${this.port}${path}`;
    const answer = await fetchBy(address, { ...(init as Init), dispatcher: this.agent });
    return answer as unknown as Response;
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}
