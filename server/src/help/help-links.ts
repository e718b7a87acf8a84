/** Or a piece of code, in which nothing is a link. */
const LINK = /`[^`\n]*`|(!?)\[((?:[^\][]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g;
const ELSEWHERE = /^(?:https?:|mailto:)/;
const TOPIC = /^(?:\.\/)?([\w-]+)\.md(#[\w-]*)?$/;

/**
 * A page of the documentation as the portal shows it: links to other pages lead to these, links into
 * the repository, where there is none, become their words, and pictures their description.
 */
export function portalLinks(text: string, topics: ReadonlySet<string>): string {
  return text.replace(
    LINK,
    (whole: string, picture?: string, words?: string, target?: string): string => {
      if (target === undefined) return whole;
      if (picture === '!') return words ?? '';
      if (ELSEWHERE.test(target)) return whole;
      const [, topic, heading = ''] = TOPIC.exec(target) ?? [];
      return topic !== undefined && topics.has(topic)
        ? `[${words}](/help/${topic}${heading})`
        : (words ?? '');
    },
  );
}
