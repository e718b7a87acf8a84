/** A place on the axis of time: a day, an hour, a model … */
export interface ChartBucket {
  /** Short, below the axis. */
  label: string;
  /** In full, for the tooltip and the table. */
  name: string;
  /** It is not over yet: its bar is hatched. */
  isPartial?: boolean;
}

export interface ChartSeries {
  name: string;
  /** One for each bucket. */
  values: readonly number[];
  /** What is left of many: grey, whatever its name. */
  isRest?: boolean;
}

/** Bars over time, one on top of another. */
export interface BarChartData {
  buckets: readonly ChartBucket[];
  series: readonly ChartSeries[];
}

/** The sum of each bucket, of the series that are shown. */
export function totalsOf({ buckets, series }: BarChartData): number[] {
  return buckets.map((_, place) =>
    series.reduce((sum, { values }) => sum + (values[place] ?? 0), 0),
  );
}
