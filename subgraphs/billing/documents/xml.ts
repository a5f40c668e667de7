/** An element: its name with prefix, attributes, and either text or elements; null and undefined are left out. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  content: string | readonly (XmlElement | null | undefined)[];
}

/** Makes an element; the same arguments give the same text, always. */
export function element(
  name: string,
  content: XmlElement['content'],
  attributes: XmlElement['attributes'] = {},
): XmlElement {
  return { name, attributes, content };
}

/** A document in UTF-8, indented by two blanks. */
export function renderXml(root: XmlElement): Buffer {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${render(root, '')}`);
}

function render({ name, attributes, content }: XmlElement, indent: string): string {
  const shown = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeText(value)}"`);
  const tag = `${name}${shown.join('')}`;
  if (typeof content === 'string') return `${indent}<${tag}>${escapeText(content)}</${name}>\n`;
  const inner = content.map((child) => (child ? render(child, `${indent}  `) : ''));
  return `${indent}<${tag}>\n${inner.join('')}${indent}</${name}>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML 1.0 takes it: characters that it cannot hold become U+FFFD. */
function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
