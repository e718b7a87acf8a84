import { Injectable } from '@nestjs/common';
import { ConfigurationService } from '../../config/configuration.service.js';
import { type Principal } from '../../infrastructure/http/principal.js';
import { RouterService } from '../../models/index.js';
import { type ModelStanding, ProxyService } from '../../proxy/index.js';
import { ChatModelDto, type ChatModelListDto } from './chat-models.dto.js';

/** The models one can chat with. */
@Injectable()
export class ChatModelsService {
  constructor(
    private readonly proxy: ProxyService,
    private readonly configuration: ConfigurationService,
    private readonly router: RouterService,
  ) {}

  /** Those that the caller may use, or could after an acknowledgement. */
  async list(principal: Principal): Promise<ChatModelListDto> {
    const standings = await this.proxy.standings(principal, 'chat');
    const within = standings.filter(({ access }) => access !== 'blocked');
    const models = within.map((standing) =>
      ChatModelDto.from(standing, this.router.states(standing.entry)),
    );
    return { models, defaultModel: this.startWith(within) };
  }

  /** The configured default if the caller may have it, else the first that asks for nothing. */
  private startWith(standings: readonly ModelStanding[]): string | null {
    const configured = this.configuration.current.governance.defaultModel;
    const start =
      standings.find(({ entry }) => entry.id === configured) ??
      standings.find(({ access }) => access === 'allowed') ??
      standings[0];
    return start?.entry.id ?? null;
  }
}
