import { EMPHASES, type Emphasis, FORMATS } from './cell.ts';
import { escapeText } from './escape-text.ts';

/** How values of a workbook are shown. Codes are those of spreadsheets: 'yyyy-mm-dd', '#,##0.00'. */
export interface ValueFormats {
  readonly money: string;
  readonly date: string;
  readonly moment: string;
}

const FIRST_OWN_FORMAT = 164;

/** Number of the font, fill and border of each emphasis in the lists below. */
const LOOKS: Readonly<Record<Emphasis, { font: number; fill: number; border: number }>> = {
  plain: { font: 0, fill: 0, border: 0 },
  header: { font: 2, fill: 2, border: 0 },
  total: { font: 1, fill: 3, border: 1 },
  label: { font: 1, fill: 0, border: 0 },
  value: { font: 0, fill: 0, border: 0 },
};

const FONTS = ['', '<b/>', '<b/><color rgb="FFFFFFFF"/>'].map((inside) => {
  const [bold = '', color = ''] = inside.split(/(?=<color)/);
  return `<font>${bold}<sz val="11"/>${color}<name val="Calibri"/><family val="2"/></font>`;
});
const FILLS = [
  '<patternFill patternType="none"/>',
  '<patternFill patternType="gray125"/>',
  ...['FF1F4E79', 'FFE8EEF5'].map(
    (color) => `<patternFill patternType="solid"><fgColor rgb="${color}"/></patternFill>`,
  ),
].map((inside) => `<fill>${inside}</fill>`);
const BORDERS = ['<top/>', '<top style="thin"><color rgb="FF1F4E79"/></top>'].map((top) => {
  return `<border><left/><right/>${top}<bottom/><diagonal/></border>`;
});

/** styles.xml: the formats of all kinds of cells for each emphasis, in the order of FORMATS and EMPHASES. */
export function stylesXml(formats: ValueFormats): string {
  const codes = { text: '@', note: '@', count: '#,##0', ...formats };
  const own = FORMATS.map((name, index) => {
    return `<numFmt numFmtId="${FIRST_OWN_FORMAT + index}" formatCode="${escapeText(codes[name])}"/>`;
  });
  const xfs = EMPHASES.flatMap((emphasis) =>
    FORMATS.map((kind, index) => xf(FIRST_OWN_FORMAT + index, emphasis, kind)),
  );
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    `${list('numFmts', own)}${list('fonts', FONTS)}${list('fills', FILLS)}${list('borders', BORDERS)}` +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `${list('cellXfs', xfs)}` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  );
}

function list(name: string, items: readonly string[]): string {
  return `<${name} count="${items.length}">${items.join('')}</${name}>`;
}

function xf(format: number, emphasis: Emphasis, kind: (typeof FORMATS)[number]): string {
  const { font, fill, border } = LOOKS[emphasis];
  return (
    `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" ` +
    `applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${alignment(emphasis, kind)}</xf>`
  );
}

/** Dates stand in the middle, so that they keep away from the words beside them; on a cover everything begins at the left. */
function alignment(emphasis: Emphasis, kind: (typeof FORMATS)[number]): string {
  if (emphasis === 'header') return '<alignment horizontal="center" vertical="center" wrapText="1"/>';
  const isTime = kind === 'date' || kind === 'moment';
  const left = emphasis === 'value' ? ' horizontal="left"' : '';
  const wrap = kind === 'note' ? ' wrapText="1"' : '';
  return `<alignment${isTime && !left ? ' horizontal="center"' : left} vertical="top"${wrap}/>`;
}
