/** Or a piece of code, in which nothing is a link. */
const LINK = /`[^`\n]*`|(!?)\[((?:[^\][]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g;
const ELSEWHERE = /^(?:https?:|mailto:)/;
const PICTURE = /^(?:\.\/)?images\/([\w-]+\.webp)$/;
const TOPIC = /^(?:\.\/)?([\w-]+)\.md(#[\w-]*)?$/;

/**
 * The page `self` of the documentation as the portal shows it: links to pages lead to these, links into
 * the repository, where there is none, become their words. Pictures lead to the portal's own, as far as
 * they are among `pictures`, and become their description otherwise.
 */
export function portalLinks(
  text: string,
  topics: ReadonlySet<string>,
  self: string,
  pictures: ReadonlySet<string> = new Set(),
): string {
  return text.replace(
    LINK,
    (whole: string, picture?: string, words?: string, target?: string): string => {
      if (target === undefined) return whole;
      if (picture === '!') {
        const [, name = ''] = PICTURE.exec(target) ?? [];
        return pictures.has(name) ? `![${words}](/api/help/pictures/${name})` : (words ?? '');
      }
      if (ELSEWHERE.test(target)) return whole;
      if (target.startsWith('#')) return `[${words}](/help/${self}${target})`;
      const [, topic, heading = ''] = TOPIC.exec(target) ?? [];
      return topic !== undefined && topics.has(topic)
        ? `[${words}](/help/${topic}${heading})`
        : (words ?? '');
    },
  );
}
