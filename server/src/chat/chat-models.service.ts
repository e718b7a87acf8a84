import { Injectable } from '@nestjs/common';
import { ConfigurationService } from '../config/configuration.service.js';
import { CatalogueService } from '../models/index.js';
import { ChatModelDto, type ChatModelListDto } from './chat.dto.js';

/** The models one can chat with. */
@Injectable()
export class ChatModelsService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly configuration: ConfigurationService,
  ) {}

  list(): ChatModelListDto {
    const { list } = this.catalogue.current;
    const configured = this.configuration.current.governance.defaultModel;
    const isKnown = configured !== null && this.catalogue.find(configured) !== undefined;
    return {
      models: list.map(ChatModelDto.from),
      defaultModel: isKnown ? configured : (list[0]?.id ?? null),
    };
  }
}
