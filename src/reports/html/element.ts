// HTML as nested elements. Texts become text nodes; only names and attributes that this program writes itself are markup.
import { escapeXml, isPlainLink } from '../escape.ts';

/** Markup that is safe as it stands. Only the functions of this file make it. */
export interface Markup {
  readonly markup: string;
}

export type Child = Markup | string | undefined;

/**
 * @param tag name of the element, with its class after a dot: `div.card`
 * @param children strings are texts; undefined is nothing
 */
export function element(tag: string, ...children: readonly Child[]): Markup {
  const [name, className] = tag.split('.');
  const opening = className === undefined ? name : `${name} class="${className.replaceAll('+', ' ')}"`;
  return { markup: `<${opening}>${children.map(toMarkup).join('')}</${name}>` };
}

/** A link, or the bare text where the address is not plain `https`. */
export function link(url: string, text: string): Markup {
  if (!isPlainLink(url)) return element('span', text);
  return { markup: `<a href="${escapeXml(url)}" rel="noopener noreferrer">${escapeXml(text)}</a>` };
}

export function join(children: readonly Child[]): Markup {
  return { markup: children.map(toMarkup).join('') };
}

/** Terms and what is said of them; what is not known is left out. */
export function definitions(entries: readonly (readonly [string, Child])[]): Markup {
  const known = entries.filter(([, value]) => value !== undefined && value !== '');
  return element('dl', ...known.flatMap(([term, value]) => [element('dt', term), element('dd', value)]));
}

function toMarkup(child: Child): string {
  if (child === undefined) return '';
  return typeof child === 'string' ? escapeXml(child) : child.markup;
}

/** A bar of three parts, drawn to scale. */
export function drawShares(
  shares: readonly { readonly className: string; readonly count: number }[],
): Markup | undefined {
  const total = shares.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return undefined;
  let x = 0;
  const parts = shares.map(({ className, count }) => {
    const width = (count / total) * 100;
    const part = `<rect class="${className}" x="${x.toFixed(2)}" y="0" width="${width.toFixed(2)}" height="10"/>`;
    x += width;
    return part;
  });
  return {
    markup: `<svg class="share" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${parts.join('')}</svg>`,
  };
}
