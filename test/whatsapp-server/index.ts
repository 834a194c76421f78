/**
 * A WhatsApp of its own on loopback, for the unmodified client. In short:
 *
 *     const server = await startWhatsAppServer({ seed: 7 });
 *     server.trust();                                             // client and server in one process
 *     const salon = server.phone('79990000001', { business: 'Salon' });
 *     const anna = server.phone('79161112233', { name: 'Anna' });
 *     const device = await server.scan(salon, qr);                // or server.enterCode(salon, code)
 *     const id = await anna.write(salon, 'Good morning');         // also sendFile, react, edit, revoke, vote, types, calls ...
 *     await anna.screen.text('You are booked');                   // what she sees: each message once, edits applied
 *     (await server.link('79990000001')).drop();                  // also close, stall, halfOpen, slow, hold, streamError ...
 *     await server.received({ tag: 'receipt', attrs: { type: 'read' } });
 *
 * A client in another process is given `server.url`, or `server.secureUrl` with `server.certificate` in NODE_EXTRA_CA_CERTS.
 */
export { startWhatsAppServer, type WhatsAppServer, type WhatsAppServerOptions } from './server';
export type { Device } from './desk/device';
export type { FileContent } from './desk/contents';
export type { LoginRefusal, Phone, PhoneOptions } from './desk/phone';
export { type ShownMessage, textOf } from './desk/screen';
export type { SendOptions } from './desk/sending';
export type { Link, Pace } from './wire/link';
export type { StanzaFault } from './wire/stanza-faults';
export { SERVER_JID, type Stanza, stanza, type StanzaPattern } from './wire/stanza';
