/** The YAML of a `models:` list whose one model `name` has these endpoints. */
export function modelWith(name: string, ...endpoints: { url: string; model?: string }[]): string {
  return JSON.stringify([
    {
      name,
      input_cost_per_million: 0,
      output_cost_per_million: 0,
      endpoints: endpoints.map((endpoint) => ({ api_key: 'upstream-secret', ...endpoint })),
    },
  ]);
}
