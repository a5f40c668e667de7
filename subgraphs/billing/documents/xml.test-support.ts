/** An element as a strict reader sees it. */
export interface ReadElement {
  name: string;
  attributes: Record<string, string>;
  children: ReadElement[];
  text: string;
}

const TOKEN = /<\?xml [^?]*\?>|<(\/?)([\w:]+)((?: [\w:]+="[^"<]*")*)>|([^<]+)/gy;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** Reads what our documents are made of: elements, attributes and text. Throws where it is not well-formed. */
export function readXml(bytes: Buffer): ReadElement {
  const source = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const root: ReadElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let end = 0;
  for (const [token, closing, name, attributes = '', text] of source.matchAll(TOKEN)) {
    end += token.length;
    const top = open.at(-1) ?? root;
    if (text !== undefined) top.text += plain(text);
    else if (closing) {
      if (open.pop()?.name !== name) throw new Error(`${token} closes another element`);
    } else if (name) {
      const element: ReadElement = { name, attributes: readAttributes(attributes), children: [], text: '' };
      top.children.push(element);
      open.push(element);
    }
  }
  const [document, ...others] = root.children;
  if (end !== source.length || open.length !== 1 || !document || others.length > 0) throw new Error('not well-formed');
  return document;
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/ ([\w:]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, plain(value)]),
  );
}

function plain(text: string): string {
  return text.replace(/&(?:(\w+);)?/g, (_, name: string | undefined) => {
    const character = name && ENTITIES[name];
    if (!character) throw new Error(`an ampersand that stands for nothing: ${text}`);
    return character;
  });
}

/** Elements at a path below an element. */
export function at(element: ReadElement, ...path: string[]): ReadElement[] {
  return path.reduce<ReadElement[]>(
    (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [element],
  );
}

/** The text of the one element at a path; undefined where there is none. */
export function textAt(element: ReadElement, ...path: string[]): string | undefined {
  const [only, ...others] = at(element, ...path);
  if (others.length > 0) throw new Error(`several elements at ${path.join('/')}`);
  return only?.text;
}
