import { BarChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

import { barOptions, type BarWishes } from './bar-options';
import { type BarChartData } from './chart-data';

use([BarChart, GridComponent, SVGRenderer]);

/** A drawing in an element. Only this file knows ECharts; it is loaded with the first chart. */
export class DrawnBars {
  private readonly chart: EChartsType;

  constructor(private readonly host: HTMLElement) {
    this.chart = init(host, null, { renderer: 'svg' });
  }

  draw(data: BarChartData, wishes: BarWishes): void {
    this.chart.setOption(barOptions(data, wishes), { notMerge: true });
  }

  resize(): void {
    this.chart.resize();
  }

  /** The bucket at a place in the element, in pixels from its left; null: none. */
  bucketAt(left: number): number | null {
    const bucket = this.chart.convertFromPixel({ xAxisIndex: 0 }, left);
    return Number.isInteger(bucket) ? bucket : null;
  }

  /** The middle of a bucket, in pixels from the left. */
  middleOf(bucket: number): number {
    return this.chart.convertToPixel({ xAxisIndex: 0 }, bucket);
  }

  /**
   * Takes the drawing away. ECharts empties its elements by `innerHTML`, which Trusted Types refuse;
   * what it no longer knows it leaves be.
   */
  dispose(): void {
    const { painter } = this.chart.getZr() as unknown as { painter: object };
    Object.assign(painter, { root: null, _svgDom: null });
    this.chart.dispose();
    this.host.replaceChildren();
  }
}
