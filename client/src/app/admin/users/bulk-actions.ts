export const BULK_ACTIONS = ['group', 'gift', 'reset', 'activate', 'deactivate'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];
