// README.md: what stands between its markers is made here; the rest is written by hand.
import { readFileSync } from 'node:fs';
import { PROFILE } from '../../src/standards/profile.ts';
import { runDemo } from '../demo.ts';

const DEMO = /<!-- demo: npm run demo -- (.*) -->\n[\s\S]*?<!-- \/demo -->/;
const PROFILE_SECTION = /<!-- profile -->\n[\s\S]*?<!-- \/profile -->/;

/** The README with its generated sections as they should be. */
export function fillReadme(): string {
  return readFileSync('README.md', 'utf8')
    .replace(
      DEMO,
      (_, args: string) => `<!-- demo: npm run demo -- ${args} -->\n${showDemo(args)}\n<!-- /demo -->`,
    )
    .replace(PROFILE_SECTION, () => `<!-- profile -->\n${describeProfile()}\n<!-- /profile -->`);
}

/** The time that a scan takes is another each time. */
function showDemo(args: string): string {
  const { stdout } = runDemo(args.split(' '));
  return `\`\`\`text\n$ npm run demo -- ${args}\n\n${stdout.replace(/ in [\d.]+ m?s/, '').trimEnd()}\n\`\`\``;
}

function describeProfile(): string {
  const paragraphs = PROFILE.paragraphs.map(({ heading, text }) => `**${heading}.** ${text}`);
  const official = PROFILE.official.map(({ id, covers }) => `- ${id}: ${covers}`);
  return [...paragraphs, `**The official ids of the same ground**\n\n${official.join('\n')}`].join('\n\n');
}
