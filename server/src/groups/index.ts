export { ConsoleGroupsService, type GroupInput } from './console-groups.service.js';
export {
  GroupCensusService,
  type GroupMembership,
  MEMBER_SORT_COLUMNS,
} from './group-census.service.js';
export { type GroupDefinition } from './group-definitions.js';
export { GroupMembersService, type MemberToBe } from './group-members.service.js';
export { type Claims } from './group-rules.js';
export { GroupTrialService, type TrialResult } from './group-trial.service.js';
export { versionOf } from './group-version.js';
export { GroupsModule } from './groups.module.js';
export { type GroupsChange, GroupsService } from './groups.service.js';
export { ManualMembershipsService } from './manual-memberships.service.js';
export { type MembershipIndex, MembershipIndexService } from './membership-index.service.js';
export { EVERYONE, type Membership, type MembershipReason } from './memberships.js';
