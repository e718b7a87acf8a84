export { PublishedTermsDto, PublishedTermsListDto, PublishTermsDto } from './terms.dto.js';
export { TermsModule } from './terms.module.js';
export { TermsPublicationService } from './terms-publication.service.js';
export { TermsService } from './terms.service.js';
