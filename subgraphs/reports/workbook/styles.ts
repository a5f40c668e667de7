import { FORMATS } from './cell.ts';
import { escapeText } from './escape-text.ts';

/** How values of a workbook are shown. Codes are those of spreadsheets: 'yyyy-mm-dd', '#,##0.00'. */
export interface ValueFormats {
  readonly money: string;
  readonly date: string;
  readonly moment: string;
}

const FIRST_OWN_FORMAT = 164;

/** styles.xml: every format plain, then every format strong, in the order of FORMATS. */
export function stylesXml(formats: ValueFormats): string {
  const codes = { text: '@', count: '#,##0', ...formats };
  const own = FORMATS.map((name, index) => {
    return `<numFmt numFmtId="${FIRST_OWN_FORMAT + index}" formatCode="${escapeText(codes[name])}"/>`;
  });
  const xfs = [0, 1].flatMap((font) => FORMATS.map((_, index) => xf(FIRST_OWN_FORMAT + index, font)));
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    `<numFmts count="${own.length}">${own.join('')}</numFmts>` +
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${xfs.length}">${xfs.join('')}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  );
}

function xf(format: number, font: number): string {
  return `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`;
}
