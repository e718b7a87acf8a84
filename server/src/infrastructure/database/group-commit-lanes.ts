import { type DataSource } from 'typeorm';

/** How much waits in one lane. */
export interface LaneLoad {
  readonly name: string;
  /** Items that are not committed yet. */
  readonly waiting: number;
}

const lanes = new WeakMap<DataSource, LaneLoad[]>();

/** Makes a lane known to those who watch. */
export function enlistLane(dataSource: DataSource, lane: LaneLoad): void {
  const known = lanes.get(dataSource);
  if (known) known.push(lane);
  else lanes.set(dataSource, [lane]);
}

/** The lanes of a database, for measuring. */
export function lanesOf(dataSource: DataSource): readonly LaneLoad[] {
  return lanes.get(dataSource) ?? [];
}
