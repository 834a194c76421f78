import type { BinaryNode } from '@whiskeysockets/baileys';

/** A node of the protocol, as the client codes it. */
export type Stanza = BinaryNode;
type Attributes = Readonly<Record<string, string | number | undefined>>;

/** The server's own address: its user part is empty. */
export const SERVER_JID = '@s.whatsapp.net';

/** Attributes that are undefined are left out, numbers become text. */
export function stanza(tag: string, attrs: Attributes = {}, content?: readonly Stanza[] | Uint8Array | string): Stanza {
	const written: Record<string, string> = {};
	for (const [name, value] of Object.entries(attrs)) if (value !== undefined) written[name] = String(value);
	if (content === undefined) return { tag, attrs: written };
	return { tag, attrs: written, content: typeof content === 'string' || content instanceof Uint8Array ? content : [...content] };
}

/** The children, all or those of one tag. */
export function children(node: Stanza | undefined, tag?: string): readonly Stanza[] {
	if (!Array.isArray(node?.content)) return [];
	return tag === undefined ? node.content : node.content.filter((child) => child.tag === tag);
}

/** The first child with the tag. */
export function child(node: Stanza | undefined, tag: string): Stanza | undefined {
	return children(node, tag)[0];
}

/** Content as bytes; a node without content is a fault of the client, so it throws. */
export function bytesOf(node: Stanza | undefined): Buffer {
	if (node?.content instanceof Uint8Array) return Buffer.from(node.content);
	if (typeof node?.content === 'string') return Buffer.from(node.content);
	throw new Error(`<${node?.tag ?? 'nothing'}> holds no bytes`);
}

/** Content of a child as bytes. */
export function childBytes(node: Stanza | undefined, tag: string): Buffer {
	return bytesOf(child(node, tag));
}

/** Bytes, big-endian, as a number. */
export function numberOf(bytes: Uint8Array): number {
	return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** A number as big-endian bytes. */
export function bigEndian(value: number, length: number): Buffer {
	const bytes = Buffer.alloc(length);
	bytes.writeUIntBE(value, 0, length);
	return bytes;
}

/** An attribute that has to be there. */
export function attribute(node: Stanza, name: string): string {
	const value = node.attrs[name];
	if (value === undefined) throw new Error(`<${node.tag}> without ${name}`);
	return value;
}

/** What a stanza has to look like: the attributes named, and the tag of its first child. */
export interface StanzaPattern {
	readonly tag?: string;
	readonly child?: string;
	readonly attrs?: Readonly<Record<string, string>>;
}

export function matches(node: Stanza, pattern: StanzaPattern): boolean {
	if (pattern.tag !== undefined && node.tag !== pattern.tag) return false;
	if (pattern.child !== undefined && child(node, pattern.child) === undefined) return false;
	return Object.entries(pattern.attrs ?? {}).every(([name, value]) => node.attrs[name] === value);
}
