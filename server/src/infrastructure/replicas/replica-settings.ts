/** What replicas are told from outside. */
export interface ReplicaSettings {
  /** A replica whose beat stood still for so long is dead; asked for each time, it may change. */
  leaseMs(): number;
  /** Tables whose `replica_id` names the replica that works on a row. */
  readonly workTables: readonly string[];
}

export const REPLICA_SETTINGS = Symbol('replica-settings');
