import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import type { SubgraphSettings } from '#platform/config';

/** Which receivers the settings allow. */
export type ReceiverRules = Pick<SubgraphSettings, 'WEBHOOK_ALLOW_HTTP' | 'WEBHOOK_ALLOW_PRIVATE_ADDRESSES'>;

export interface ReceiverAddress {
  address: string;
  family: number;
}

/** Asks the system for all addresses of a name. */
export type ResolveName = (name: string) => Promise<ReceiverAddress[]>;

export const resolveName: ResolveName = (name) => lookup(name, { all: true, order: 'verbatim' });

export const LONGEST_URL = 2048;

/** Answers to anybody inside of one large cloud, though its number looks public: that cloud's service of metadata. */
const METADATA = ['168.63.129.16'];
const PUBLIC_IPV6 = ipaddr.IPv6.parse('2000::');

/** What is wrong with an address as a receiver; undefined where nothing is that can be seen without asking for its name. */
export function urlFault(text: string, rules: ReceiverRules): string | undefined {
  if (text.length > LONGEST_URL) return `is longer than ${LONGEST_URL} characters; give a shorter address.`;
  if (!URL.canParse(text) || /[\s\p{C}]/u.test(text)) return 'is no address; give one that begins with https://.';
  const { protocol, username, password, hash, hostname } = new URL(text);
  const schemes = rules.WEBHOOK_ALLOW_HTTP === 'on' ? ['https:', 'http:'] : ['https:'];
  if (!schemes.includes(protocol)) return `begins with ${protocol}; give an address that begins with https://.`;
  if (username || password || hash) return 'holds a password or a #; leave them out.';
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(literal) && !isAllowed(literal, rules)) return 'is not a public address; give one that is.';
  return undefined;
}

/** Whether a receiver may have this address. Private, loopback, link-local, unique-local, multicast and the like are not public. */
export function isAllowed(address: string, rules: ReceiverRules): boolean {
  if (rules.WEBHOOK_ALLOW_PRIVATE_ADDRESSES === 'on') return true;
  // A scope names an interface of this machine.
  if (address.includes('%') || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast' || METADATA.includes(parsed.toString())) return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(PUBLIC_IPV6, 3);
}
