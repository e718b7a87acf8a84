import { parser } from '@prometheus-io/lezer-promql';

/** What an expression reads: a metric and the labels it is chosen or summed by. */
export interface Selector {
  metric: string;
  labels: readonly string[];
}

/** What Grafana puts into a query before Prometheus sees it. */
const GRAFANA = { $__rate_interval: '5m', $model: '.*' };

/** The metrics that an expression of PromQL reads; throws where it is not one. */
export function selectorsOf(expression: string): Selector[] {
  const text = Object.entries(GRAFANA).reduce(
    (changed, [name, value]) => changed.replaceAll(name, value),
    expression,
  );
  const found: { metric: string; labels: string[] }[] = [];
  const groupings: string[] = [];
  parser.parse(text).iterate({
    enter({ name, type, from, to }) {
      const word = text.slice(from, to);
      if (type.isError) throw new Error(`${expression}\nis wrong at "${text.slice(from)}"`);
      if (name === 'VectorSelector') found.push({ metric: '', labels: [] });
      else if (name === 'Identifier') found.at(-1)!.metric = word;
      else if (name === 'LabelName' && isInSelector(found, from, text))
        found.at(-1)!.labels.push(word);
      else if (name === 'LabelName') groupings.push(word);
    },
  });
  return found.map(({ metric, labels }) => ({ metric, labels: [...labels, ...groupings] }));
}

/** Whether a name stands in the braces of a selector, not in `by (…)` or `on (…)`. */
function isInSelector(found: readonly object[], from: number, text: string): boolean {
  const before = text.slice(0, from);
  return found.length > 0 && before.lastIndexOf('{') > before.lastIndexOf('(');
}
