import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ModelsModule } from '../models/index.js';
import { ProxyModule } from '../proxy/index.js';
import { AbandonedAnswersService } from './answers/abandoned-answers.service.js';
import { AnswerCheckpointsService } from './answers/answer-checkpoints.service.js';
import { AnswerProductionService } from './answers/answer-production.service.js';
import { AnswerStopsService } from './answers/answer-stops.service.js';
import { AskedModelsService } from './answers/asked-models.service.js';
import { BegunAnswersService } from './answers/begun-answers.service.js';
import { OwnAnswersService } from './answers/own-answers.service.js';
import { WrittenQuestionsService } from './answers/written-questions.service.js';
import { AnswersController } from './answers/answers.controller.js';
import { AnswersService } from './answers/answers.service.js';
import { AskedBeforeService } from './answers/asked-before.service.js';
import { ContinuationsService } from './answers/continuations.service.js';
import { PromptsService } from './answers/prompts.service.js';
import { QuestionChecksService } from './answers/question-checks.service.js';
import { QuestionsController } from './answers/questions.controller.js';
import { QuestionsService } from './answers/questions.service.js';
import { RunningAnswer } from './answers/running-answer.entity.js';
import { RunningAnswersService } from './answers/running-answers.service.js';
import { TemporaryChatController } from './answers/temporary-chat.controller.js';
import { AttachmentContentsService } from './attachments/attachment-contents.service.js';
import { AttachmentDownloadsService } from './attachments/attachment-downloads.service.js';
import { AttachmentLinksService } from './attachments/attachment-links.service.js';
import { AttachmentUploadsService } from './attachments/attachment-uploads.service.js';
import { AttachmentPart } from './attachments/attachment-part.entity.js';
import { Attachment } from './attachments/attachment.entity.js';
import { AttachmentsController } from './attachments/attachments.controller.js';
import { AttachmentsService } from './attachments/attachments.service.js';
import { MessageAttachment } from './attachments/message-attachment.entity.js';
import { OldAttachmentsService } from './attachments/old-attachments.service.js';
import { SealedAttachmentsService } from './attachments/sealed-attachments.service.js';
import { AttachmentReadingService } from './attachments/reading/attachment-reading.service.js';
import { ConversationChangesService } from './conversations/conversation-changes.service.js';
import { ConversationDescriptionsService } from './conversations/conversation-descriptions.service.js';
import { ConversationForksService } from './conversations/conversation-forks.service.js';
import { ConversationReadsService } from './conversations/conversation-reads.service.js';
import { ConversationRemovalsService } from './conversations/conversation-removals.service.js';
import { Conversation } from './conversations/conversation.entity.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { ConversationsService } from './conversations/conversations.service.js';
import { Folder } from './conversations/folder.entity.js';
import { FoldersController } from './conversations/folders.controller.js';
import { FoldersService } from './conversations/folders.service.js';
import { OwnedConversationsService } from './conversations/owned-conversations.service.js';
import { ChatEventsController } from './events/chat-events.controller.js';
import { ChatEventsService } from './events/chat-events.service.js';
import { ChatOptionsService } from './events/chat-options.service.js';
import { OpenStreamsService } from './events/open-streams.service.js';
import { MessageBranchesService } from './messages/message-branches.service.js';
import { MessageDescriptionsService } from './messages/message-descriptions.service.js';
import { MessageRemovalsService } from './messages/message-removals.service.js';
import { MessageTreeService } from './messages/message-tree.service.js';
import { Message } from './messages/message.entity.js';
import { MessagesController } from './messages/messages.controller.js';
import { MessagesService } from './messages/messages.service.js';
import { RemovedPartsService } from './messages/removed-parts.service.js';
import { ChatModelsController } from './models/chat-models.controller.js';
import { ChatModelsService } from './models/chat-models.service.js';
import { Preset } from './presets/preset.entity.js';
import { PresetsController } from './presets/presets.controller.js';
import { PresetsService } from './presets/presets.service.js';
import { CHAT_RETENTION, type ChatRetention } from './retention/chat-retention.js';
import { ConversationRemovalService } from './retention/conversation-removal.service.js';
import { DeletedConversationsService } from './retention/deleted-conversations.service.js';
import { OldConversationsService } from './retention/old-conversations.service.js';
import { SearchController } from './search/search.controller.js';
import { SearchIndexService } from './search/search-index.service.js';
import { SearchPlacesService } from './search/search-places.service.js';
import { SearchTextsService } from './search/search-texts.service.js';
import { SearchService } from './search/search.service.js';
import { CHAT_PEOPLE, type ChatPeople } from './sharing/chat-people.js';
import { SharedConversation } from './sharing/shared-conversation.entity.js';
import { SharesController } from './sharing/shares.controller.js';
import { SharesService } from './sharing/shares.service.js';
import { SnapshotsService } from './sharing/snapshots.service.js';
import { TitlesService } from './titles/titles.service.js';
import { ExportArchiveService } from './transfer/export-archive.service.js';
import { ExportService } from './transfer/export.service.js';
import { ExportedConversationsService } from './transfer/exported-conversations.service.js';
import { ImportService } from './transfer/import.service.js';
import { ImportedConversationsService } from './transfer/imported-conversations.service.js';
import { TransferController } from './transfer/transfer.controller.js';

const ENTITIES = [
  Attachment,
  AttachmentPart,
  Conversation,
  Folder,
  Message,
  MessageAttachment,
  Preset,
  RunningAnswer,
  SharedConversation,
];

/** Those with an address below that of another come before it. */
const CONTROLLERS = [
  AnswersController,
  AttachmentsController,
  ChatEventsController,
  ChatModelsController,
  FoldersController,
  PresetsController,
  SearchController,
  SharesController,
  TransferController,
  TemporaryChatController,
  MessagesController,
  QuestionsController,
  ConversationsController,
];

const SERVICES = [
  AbandonedAnswersService,
  AnswerCheckpointsService,
  AnswerProductionService,
  AnswerStopsService,
  AnswersService,
  AskedBeforeService,
  AskedModelsService,
  AttachmentContentsService,
  AttachmentDownloadsService,
  AttachmentLinksService,
  AttachmentReadingService,
  AttachmentUploadsService,
  AttachmentsService,
  BegunAnswersService,
  ChatEventsService,
  ChatModelsService,
  ChatOptionsService,
  ContinuationsService,
  ConversationChangesService,
  ConversationDescriptionsService,
  ConversationForksService,
  ConversationReadsService,
  ConversationRemovalsService,
  ConversationsService,
  ExportArchiveService,
  ExportService,
  ExportedConversationsService,
  FoldersService,
  ImportService,
  ImportedConversationsService,
  MessageBranchesService,
  MessageDescriptionsService,
  MessageRemovalsService,
  RemovedPartsService,
  MessageTreeService,
  MessagesService,
  OldAttachmentsService,
  SealedAttachmentsService,
  ConversationRemovalService,
  DeletedConversationsService,
  OldConversationsService,
  OpenStreamsService,
  OwnAnswersService,
  OwnedConversationsService,
  PresetsService,
  PromptsService,
  QuestionChecksService,
  QuestionsService,
  RunningAnswersService,
  SearchIndexService,
  SearchPlacesService,
  SearchService,
  SearchTextsService,
  SharesService,
  SnapshotsService,
  TitlesService,
  WrittenQuestionsService,
];

/** Conversations with models. */
@Module({})
export class ChatModule {
  static forRootAsync({ imports, people, retention }: ChatOptions): DynamicModule {
    return {
      module: ChatModule,
      imports: [TypeOrmModule.forFeature(ENTITIES), ModelsModule, ProxyModule, ...imports],
      controllers: CONTROLLERS,
      providers: [
        { provide: CHAT_PEOPLE, ...people },
        { provide: CHAT_RETENTION, ...retention },
        ...SERVICES,
      ],
    };
  }
}

type Told<T> = Pick<FactoryProvider<T>, 'inject' | 'useFactory'>;

/** What others tell the chat, and the modules that they need for it. */
interface ChatOptions extends Required<Pick<DynamicModule, 'imports'>> {
  readonly people: Told<ChatPeople>;
  readonly retention: Told<ChatRetention>;
}
