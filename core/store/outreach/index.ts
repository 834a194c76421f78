export { createOutreachBook, type OutreachBook, type OutreachEnd, type Occasion, type Peace } from './book';
export { whatsappChatOf } from './chats';
export { phoneOwners, type PhoneOwner } from './people';
export { type Addressee, isSilenced, noteSilence, type SilenceWord } from './silence';
