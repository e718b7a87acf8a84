export { ClientArrivalsService } from './client-arrivals.service.js';
export {
  type AdmittedClient,
  type ClientErrand,
  ClientPermissionsService,
  type ClientRole,
} from './client-permissions.service.js';
export { ClientPeopleService } from './client-people.service.js';
export {
  CLIENT_SORTS,
  type ClientChanges,
  ClientRecordsService,
} from './client-records.service.js';
export { ClientViewsService } from './client-views.service.js';
export { type Client } from './client.entity.js';
export {
  AdministerClientDto,
  ClientDetailDto,
  ClientModelDto,
  ClientPageDto,
  CreateClientDto,
  ListClientsDto,
} from './clients.dto.js';
export { ClientsModule } from './clients.module.js';
export { ClientsService } from './clients.service.js';
