import { escapeText } from './escape-text.ts';
import { HEAD, MAIN } from './sheet-xml.ts';
import { stylesXml, type ValueFormats } from './styles.ts';
import type { ZipEntry } from './zip.ts';

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/**
 * What a workbook has besides its sheets: `sheets` are the names of sheet1.xml and so on, the cover is the part behind them
 * and the first one to be seen.
 */
export function* packageParts(
  sheets: readonly string[],
  cover: string | undefined,
  formats: ValueFormats,
): Generator<ZipEntry> {
  const count = sheets.length + (cover === undefined ? 0 : 1);
  yield { name: 'xl/styles.xml', text: [stylesXml(formats)] };
  yield { name: 'xl/workbook.xml', text: [workbookXml(sheets, cover)] };
  yield { name: 'xl/_rels/workbook.xml.rels', text: [workbookRelations(count)] };
  yield { name: '_rels/.rels', text: [relations([relation(1, 'officeDocument', 'xl/workbook.xml')])] };
  yield { name: '[Content_Types].xml', text: [contentTypes(count)] };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

function workbookXml(names: readonly string[], cover: string | undefined): string {
  const sheets = names.map((name, index) => ({ name, part: index + 1 }));
  const shown = cover === undefined ? sheets : [{ name: cover, part: sheets.length + 1 }, ...sheets];
  const list = shown.map(({ name, part }) => `<sheet name="${escapeText(name)}" sheetId="${part}" r:id="rId${part}"/>`);
  const titles = shown.map(({ name, part }, index) => (part > sheets.length ? '' : printTitles(name, index)));
  return (
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${list.join('')}</sheets>` +
    `<definedNames>${titles.join('')}</definedNames></workbook>`
  );
}

/** The header is printed on every page. */
function printTitles(name: string, index: number): string {
  const quoted = `'${name.replace(/'/g, "''")}'`;
  return `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${escapeText(quoted)}!$1:$1</definedName>`;
}

function workbookRelations(sheets: number): string {
  const list = numbers(sheets).map((number) => relation(number, 'worksheet', `worksheets/sheet${number}.xml`));
  return relations([...list, relation(sheets + 1, 'styles', 'styles.xml')]);
}

function relation(number: number, type: string, target: string): string {
  return `<Relationship Id="rId${number}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
}

function relations(list: readonly string[]): string {
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}</Relationships>`;
}

function contentTypes(sheets: number): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const override = (part: string, kind: string) =>
    `<Override PartName="/xl/${part}.xml" ContentType="${type}.${kind}+xml"/>`;
  return (
    `${HEAD}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Default Extension="xml" ContentType="application/xml"/>${override('workbook', 'sheet.main')}${override('styles', 'styles')}` +
    `${numbers(sheets)
      .map((number) => override(`worksheets/sheet${number}`, 'worksheet'))
      .join('')}</Types>`
  );
}
