import { describedEnum } from '#platform/graphql';
import { CHAT_MESSAGES } from '../messages/chat-message.fact.ts';
import { DIALOGUES } from './dialogue.fact.ts';

export const Messenger = describedEnum('Messenger', 'Where clients write.', {
  WEB: 'The widget on a site.',
  TELEGRAM: 'Telegram.',
  WHATSAPP: 'WhatsApp.',
  VIBER: 'Viber.',
  FACEBOOK: 'Facebook.',
  ALICE: 'Alice, the voice assistant.',
  YANDEX: 'Yandex, the messenger.',
  VKONTAKTE: 'Vkontakte.',
  SKYPE: 'Skype.',
  SLACK: 'Slack.',
  WECHAT: 'WeChat.',
  SNAPCHAT: 'Snapchat.',
  LINE: 'Line.',
  OTHER: 'Any other one.',
});

export const ChatAuthor = describedEnum('ChatAuthor', 'Who wrote a chat message.', {
  CLIENT: 'The client.',
  BOT: 'A bot.',
  OPERATOR: 'An operator.',
});

export const HandledBy = describedEnum('HandledBy', 'Who handled a dialogue.', {
  ROBOT: 'The bot wrote and no operator did.',
  OPERATOR: 'An operator wrote, whether or not a bot did too.',
  NOBODY: 'Neither a bot nor an operator wrote.',
});

export const ChatDimension = describedEnum('ChatDimension', 'By what dialogues and chat messages are grouped.', {
  CHAT: DIALOGUES.dimensions.CHAT.description,
  MESSENGER: DIALOGUES.dimensions.MESSENGER.description,
  BOT: DIALOGUES.dimensions.BOT.description,
  OPERATOR: DIALOGUES.dimensions.OPERATOR.description,
  GROUP: DIALOGUES.dimensions.GROUP.description,
  AUTHOR: CHAT_MESSAGES.dimensions.AUTHOR.description,
  HANDLED_BY: DIALOGUES.dimensions.HANDLED_BY.description,
});
