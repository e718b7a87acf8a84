export { type ModelStanding } from '../access/index.js';
export { type ChatDelta } from './asking/chat-delta.js';
export { type AskedAnswer } from './asking/chat-question.js';
export { type AnswerFailure } from './asking/delta-sink.js';
export { CHAT_COMPLETIONS } from './operations.js';
export {
  type BackendCall,
  type FinishedRequest,
  FinishedRequestsService,
} from './metering/finished-requests.service.js';
export { limitFieldFor } from './requests/output-limit.js';
export { ProxyModule } from './proxy.module.js';
export { ProxyService } from './proxy.service.js';
export { SpendingService } from './metering/spending.service.js';
export { UpstreamClientService } from './upstream/upstream-client.service.js';
