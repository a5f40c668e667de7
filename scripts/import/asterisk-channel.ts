/** The far end of a channel: a telephone of the company, or a line to a carrier. */
export interface Channel {
  readonly kind: 'extension' | 'trunk';
  /** `101` of an extension, `PJSIP/carrier` of a trunk. */
  readonly id: string;
}

/** Asterisk's own joints between two halves of a call. */
const INNER = ['local', 'console', 'bridge', 'multicastrtp', 'message', 'surrogate'];
/** Peers are numbers of lines there, never of telephones. */
const LINES = ['dahdi', 'zap', 'misdn', 'khomp', 'dongle'];
const EXTENSION = /^\d{2,6}$/;

/**
 * Reads the name of a channel: `SIP/101-0000002a`, `PJSIP/carrier-0000002b`, `DAHDI/i1/74951234567-3`. A peer whose name is two to
 * six digits is a telephone, every other one a trunk. Undefined for channels that lead nowhere outside, and for the empty name.
 */
export function readChannel(name: string): Channel | undefined {
  const [technology = '', peer = ''] = name
    .replace(/(;\d+)?$/, '')
    .replace(/-[0-9a-f]+$/i, '')
    .split('/');
  return channelOf(technology, peer);
}

/** Where Dial was told to call: `SIP/carrier/74951234567,60,tT` or `PJSIP/74951234567@carrier&...`; the first of several. */
export function readDialled(application: string, data: string): Channel | undefined {
  if (application.toLowerCase() !== 'dial') return undefined;
  const [technology = '', peer = ''] = (data.split(/[,|&]/, 1)[0] ?? '').split('/');
  return channelOf(technology, peer.includes('@') ? peer.slice(peer.lastIndexOf('@') + 1) : peer);
}

function channelOf(technology: string, peer: string): Channel | undefined {
  const name = technology.toLowerCase();
  if (peer === '' || INNER.includes(name)) return undefined;
  if (!LINES.includes(name) && EXTENSION.test(peer)) return { kind: 'extension', id: peer };
  return { kind: 'trunk', id: `${technology}/${peer}` };
}
