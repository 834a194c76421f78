import type { Resource } from '../shared/operation';
import type { SessionContext } from './context';
import { deleteMessage, editMessage, react } from './message/change';
import { markRead, showTyping } from './message/presence';
import { reply } from './message/reply';
import { sendBookingReply } from './message/send-booking-reply';
import { sendContact } from './message/send-contact';
import { sendLocation } from './message/send-location';
import { sendMedia, sendVoice } from './message/send-media';
import { sendPoll } from './message/send-poll';
import { sendText } from './message/send-text';
import { checkNumbers, logOut, restart } from './session/control';
import { createPairingLink } from './session/link';
import { pairByCode, pairByQr } from './session/pair';
import { getAllSessions, getStatus } from './session/status';
import { setVersion } from './session/version';

/** Everything WhatsApp Session can do. */
export const RESOURCES: readonly Resource<SessionContext>[] = [
	{
		value: 'message',
		name: 'Message',
		operations: [sendText, sendBookingReply, reply, sendMedia, sendVoice, sendLocation, sendContact, sendPoll, react, editMessage, deleteMessage, showTyping, markRead],
	},
	{ value: 'session', name: 'Session', operations: [getStatus, getAllSessions, pairByQr, pairByCode, createPairingLink, restart, logOut, checkNumbers, setVersion] },
];
