/** Messengers, with the names that people know them by. */
export const MESSENGERS = {
  WEB: 'Web',
  TELEGRAM: 'Telegram',
  WHATSAPP: 'WhatsApp',
  VIBER: 'Viber',
  FACEBOOK: 'Facebook',
  ALICE: 'Alice',
  YANDEX: 'Yandex',
  VKONTAKTE: 'Vkontakte',
  SKYPE: 'Skype',
  SLACK: 'Slack',
  WECHAT: 'WeChat',
  SNAPCHAT: 'Snapchat',
  LINE: 'Line',
  OTHER: 'Other',
} as const;
export type MessengerName = keyof typeof MESSENGERS;

/** The messenger of a text; whatever is none of the known names is OTHER, so that no row is lost. */
export function toMessenger(text: string | undefined): MessengerName {
  return text !== undefined && Object.hasOwn(MESSENGERS, text) ? (text as MessengerName) : 'OTHER';
}
