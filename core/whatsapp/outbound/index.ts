export { createOutboxDesk, type Enqueued, type OutboxDesk, type OutboxDeskOptions } from './desk';
export type { MediaSource, WhatsappOrder } from './order';
export { createOutbound, type OutboundOptions } from './outbound';
export type { OutboxState } from './outbox';
export { noteAgreement } from './person';
export { recipientJid } from './recipient';
export { explainRefusal, OUTBOUND_REFUSALS, type OutboundRefusal } from './refusals';
export type { Delivery, DeliveryPlace, OutboxStatus } from './status';
export { readVote, type VoteParties } from './votes';
