import { createHash } from 'node:crypto';

/** One record of Master.csv by the names that Asterisk gives its columns; AMA flags and what nobody counts are left out. */
export interface CdrRecord {
  readonly src: string;
  readonly dst: string;
  readonly clid: string;
  readonly channel: string;
  readonly dstchannel: string;
  readonly lastapp: string;
  readonly lastdata: string;
  readonly start: string;
  readonly duration: string;
  readonly billsec: string;
  readonly disposition: string;
  readonly uniqueid: string;
  readonly linkedid: string;
  readonly sequence: string;
}

/** Columns that are always there, up to the AMA flags. */
const FIXED = 16;
const UNIQUE_ID = /^(?:.+-)?\d{9,11}\.\d+$/;
const LONGEST_ID = 64;

/**
 * Names the cells of a record. After the 16 columns that are always there come, each as cdr.conf has it: uniqueid, userfield, and
 * together peeraccount, linkedid and sequence; some installations write linkedid alone as a nineteenth. Undefined for other
 * numbers of cells.
 */
export function readCdr(cells: readonly string[]): CdrRecord | undefined {
  const extra = readExtra(cells.slice(FIXED));
  if (cells.length < FIXED || !extra) return undefined;
  const [, src = '', dst = '', , clid = '', channel = '', dstchannel = '', lastapp = '', lastdata = ''] = cells;
  const [start = '', , , duration = '', billsec = '', disposition = ''] = cells.slice(9);
  const fixed = { src, dst, clid, channel, dstchannel, lastapp, lastdata, start, duration, billsec, disposition };
  return { ...fixed, ...extra };
}

type Extra = Pick<CdrRecord, 'uniqueid' | 'linkedid' | 'sequence'>;

function readExtra(cells: readonly string[]): Extra | undefined {
  const [first = ''] = cells;
  const uniqueid = cells.length === 2 || UNIQUE_ID.test(first) ? first : '';
  if (cells.length <= 2) return { uniqueid, linkedid: '', sequence: '' };
  if (cells.length === 3 && uniqueid) return { uniqueid, linkedid: cells[2] ?? '', sequence: '' };
  if (cells.length > 5) return undefined;
  const [linkedid = '', sequence = ''] = cells.slice(-2);
  return { uniqueid: cells.length === 5 ? first : uniqueid, linkedid, sequence };
}

/**
 * Ids of the leg and of its call. A record is a leg of its own: several records may share one uniqueid, as where a queue rings
 * telephones one after another, so that the sequence, or else a hash of the record, stands behind it. Legs of one linkedid, else
 * of one uniqueid, are one call. The same record always gets the same ids.
 */
export function idsOf({ uniqueid, linkedid, sequence }: Extra, cells: readonly string[]) {
  const hash = () => createHash('sha256').update(cells.join('\0')).digest('base64url');
  if (!uniqueid) return { id: `cdr-${hash().slice(0, 24)}`, ...(linkedid && { rootId: fitting(linkedid) }) };
  const id = fitting(`${uniqueid}-${sequence || hash().slice(0, 12)}`);
  return { id, rootId: fitting(linkedid || uniqueid) };
}

/** Ids have at most 64 characters; a longer one is hashed whole. */
function fitting(id: string): string {
  return id.length <= LONGEST_ID ? id : createHash('sha256').update(id).digest('base64url');
}
