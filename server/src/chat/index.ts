export { SealedAttachmentsService } from './attachments/sealed-attachments.service.js';
export { ChatModule } from './chat.module.js';
export { type ChatRetention } from './retention/chat-retention.js';
export { type ChatPeople } from './sharing/chat-people.js';
