import { type BarChartData, type ChartSeries } from './chart-data';

/** What the page's theme gives a chart, as colours that a drawing understands. */
export interface ChartLook {
  isDark: boolean;
  text: string;
  line: string;
  /** Behind the chart: parts that the bars leave between them. */
  surface: string;
  font: string;
  series: readonly string[];
}

export interface BarWishes {
  look: ChartLook;
  /** A number on the axis, short. */
  format: (value: number) => string;
  /** There are no halves: requests, tokens. */
  isWhole: boolean;
  isAnimated: boolean;
}

const GRID_LINES = 3;

/** What ECharts draws: nothing of it reacts to a pointer, which the component does by itself. */
export function barOptions(data: BarChartData, wishes: BarWishes) {
  const { isAnimated } = wishes;
  return {
    animation: isAnimated,
    animationDuration: 250,
    animationDurationUpdate: 250,
    grid: { left: 4, right: 4, top: 12, bottom: 8, outerBoundsMode: 'same' as const },
    ...axesOf(data, wishes),
    series: data.series.map((one, place) => barsOf(one, place, data, wishes.look)),
  };
}

function axesOf({ buckets }: BarChartData, { look, format, isWhole }: BarWishes) {
  const text = { color: look.text, fontFamily: look.font, fontSize: 12 };
  const line = { lineStyle: { color: look.line } };
  return {
    xAxis: {
      type: 'category' as const,
      data: buckets.map(({ label }) => label),
      axisTick: { show: false },
      axisLine: line,
      axisLabel: { ...text, hideOverlap: true, margin: 10 },
    },
    yAxis: {
      type: 'value' as const,
      min: 0,
      splitNumber: GRID_LINES,
      minInterval: isWhole ? 1 : 0,
      axisLabel: { ...text, formatter: (value: number) => format(value) },
      splitLine: line,
    },
  };
}

function barsOf(
  { name, values }: ChartSeries,
  place: number,
  { buckets }: BarChartData,
  look: ChartLook,
) {
  return {
    type: 'bar' as const,
    name,
    id: name,
    stack: 'all',
    silent: true,
    barMaxWidth: 32,
    barCategoryGap: '30%',
    itemStyle: {
      color: look.series[place],
      borderColor: look.surface,
      borderWidth: 1,
      borderRadius: 3,
    },
    data: buckets.map(({ isPartial }, bucket) => {
      const value = values[bucket] ?? 0;
      return isPartial === true ? { value, itemStyle: { decal: hatching(look) } } : value;
    }),
  };
}

function hatching({ surface }: ChartLook) {
  return {
    symbol: 'rect',
    color: surface,
    dashArrayX: [1, 0],
    dashArrayY: [2, 4],
    rotation: -Math.PI / 4,
  };
}
