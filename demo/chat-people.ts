/** Who and what the demo company's chats know: chats, groups, operators with their shifts, bots. */

export interface DemoChat {
  id: string;
  name: string;
  messenger: string;
  /** Share of the dialogues. */
  weight: number;
  /** Price of a message that the company sends there; null where the messenger charges nothing. */
  price: string | null;
}

export const CHATS: readonly DemoChat[] = [
  { id: 'site', name: 'Shop, widget', messenger: 'WEB', weight: 24, price: null },
  { id: 'help', name: 'Help centre, widget', messenger: 'WEB', weight: 10, price: null },
  { id: 'tg', name: 'Telegram bot', messenger: 'TELEGRAM', weight: 18, price: null },
  { id: 'wa', name: 'WhatsApp Business', messenger: 'WHATSAPP', weight: 16, price: '0.0085' },
  { id: 'vb', name: 'Viber', messenger: 'VIBER', weight: 7, price: '0.006' },
  { id: 'fb', name: 'Facebook page', messenger: 'FACEBOOK', weight: 5, price: null },
  { id: 'alice', name: 'Alice skill', messenger: 'ALICE', weight: 3, price: null },
  { id: 'ya', name: 'Yandex messenger', messenger: 'YANDEX', weight: 3, price: null },
  { id: 'vk', name: 'VK community', messenger: 'VKONTAKTE', weight: 6, price: null },
  { id: 'skype', name: 'Skype', messenger: 'SKYPE', weight: 1, price: null },
  { id: 'slack', name: 'Partners in Slack', messenger: 'SLACK', weight: 2, price: null },
  { id: 'wechat', name: 'WeChat', messenger: 'WECHAT', weight: 2, price: '0.004' },
  { id: 'snap', name: 'Snapchat', messenger: 'SNAPCHAT', weight: 1, price: null },
  { id: 'line', name: 'Line', messenger: 'LINE', weight: 2, price: '0.003' },
];

export const GROUPS: readonly { id: string; name: string; weight: number }[] = [
  { id: 'sales', name: 'Sales', weight: 40 },
  { id: 'support', name: 'Support', weight: 45 },
  { id: 'returns', name: 'Returns', weight: 15 },
];

export const BOTS: readonly { id: string; name: string; weight: number }[] = [
  { id: 'bot-welcome', name: 'Welcome', weight: 50 },
  { id: 'bot-orders', name: 'Where is my order', weight: 35 },
  { id: 'bot-faq', name: 'Questions and answers', weight: 15 },
];

export interface DemoOperator {
  id: string;
  name: string;
  groupIds: readonly string[];
  /** Local hours of the shift, [from, to), and its days, Monday = 1. */
  hours: readonly [from: number, to: number];
  days: readonly number[];
}

const WORKDAYS = [1, 2, 3, 4, 5];
const WHOLE_WEEK = [1, 2, 3, 4, 5, 6, 7];

export const OPERATORS: readonly DemoOperator[] = [
  { id: 'op-1', name: 'Anna Orlova', groupIds: ['sales'], hours: [8, 17], days: WORKDAYS },
  { id: 'op-2', name: 'Boris Klein', groupIds: ['sales'], hours: [11, 20], days: WORKDAYS },
  { id: 'op-3', name: 'Carla Gomez', groupIds: ['sales', 'returns'], hours: [9, 18], days: [3, 4, 5, 6, 7] },
  { id: 'op-4', name: 'Daniel Weber', groupIds: ['support'], hours: [8, 17], days: WORKDAYS },
  { id: 'op-5', name: 'Elena Petrova', groupIds: ['support'], hours: [13, 22], days: WORKDAYS },
  { id: 'op-6', name: 'Farid Aliev', groupIds: ['support'], hours: [9, 21], days: [6, 7, 1, 2] },
  { id: 'op-7', name: 'Greta Lind', groupIds: ['support', 'returns'], hours: [10, 19], days: WORKDAYS },
  { id: 'op-8', name: 'Hugo Martin', groupIds: ['support'], hours: [0, 8], days: WHOLE_WEEK },
  { id: 'op-9', name: 'Irina Volkova', groupIds: ['returns'], hours: [9, 18], days: WORKDAYS },
];

/** Cities that visitors of the site write from: latitude, longitude, share. */
export const CITIES: readonly { latitude: number; longitude: number; weight: number }[] = [
  { latitude: 55.7558, longitude: 37.6173, weight: 45 },
  { latitude: 59.9343, longitude: 30.3351, weight: 20 },
  { latitude: 56.8389, longitude: 60.6057, weight: 8 },
  { latitude: 55.0084, longitude: 82.9357, weight: 7 },
  { latitude: 53.9006, longitude: 27.559, weight: 8 },
  { latitude: 43.222, longitude: 76.8512, weight: 7 },
  { latitude: 41.2995, longitude: 69.2401, weight: 5 },
];
