export { type ModelStanding } from '../access/index.js';
export { CHAT_COMPLETIONS } from './operations.js';
export {
  type BackendCall,
  type FinishedRequest,
  FinishedRequestsService,
} from './metering/finished-requests.service.js';
export { ProxyModule } from './proxy.module.js';
export { ProxyService } from './proxy.service.js';
export { UpstreamClientService } from './upstream/upstream-client.service.js';
