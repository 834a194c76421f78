export { createTurnFeed, type TurnFeed, type TurnFeedOptions } from './feed';
export { type Addresses, channelOf } from './identity';
export { createInbound, type InboundParts } from './inbound';
export { type ItemContact, type ItemLocation, type ItemMedia, ITEM_TYPES, type ItemType, MEDIA_KINDS, type MediaKind, type MediaMissing, type MessageItem, type TurnItem } from './item';
export type { InboundSettings } from './settings';
