import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  AdministerClientDto,
  ClientDetailDto,
  ClientPageDto,
  CreateClientDto,
  ListClientsDto,
} from '../clients/index.js';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import { ClientAdministrationService } from './client-administration.service.js';

@ApiTags('Administration: clients')
@Controller('api/admin/clients')
@Accepts('session')
@Roles('admin')
export class AdminClientsController {
  constructor(private readonly clients: ClientAdministrationService) {}

  @Get()
  @ApiOkResponse({ type: ClientPageDto })
  list(@Query() query: ListClientsDto): Promise<ClientPageDto> {
    return this.clients.list(query);
  }

  @Post()
  @ApiCreatedResponse({ type: ClientDetailDto })
  create(@Audit() audit: AuditContext, @Body() body: CreateClientDto): Promise<ClientDetailDto> {
    return this.clients.create(audit, body);
  }

  @Get(':id')
  @ApiOkResponse({ type: ClientDetailDto })
  get(@Param('id') id: string): Promise<ClientDetailDto> {
    return this.clients.get(id);
  }

  @Patch(':id')
  @ApiOkResponse({ type: ClientDetailDto })
  update(
    @Audit() audit: AuditContext,
    @Param('id') id: string,
    @Body() body: AdministerClientDto,
  ): Promise<ClientDetailDto> {
    return this.clients.update(audit, id, body);
  }
}
