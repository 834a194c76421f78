import { createHash, timingSafeEqual } from 'node:crypto';
import type { Store } from '../../../../core/store';
import { textOf } from '../../fields';

/** What a secret is derived from: the node, so that two triggers never share one. */
export interface SecretOwner {
	readonly workflowId: string;
	readonly nodeId: string;
}

/**
 * Secrets a delivery may carry, the current one first. Without one of the operator's it is derived from the key of the
 * store: every process knows it and nothing has to be kept; the secrets of earlier keys hold while those keys are there.
 */
export function secretsOf({ vault }: Pick<Store, 'vault'>, { workflowId, nodeId }: SecretOwner, own: unknown): readonly string[] {
	const given = textOf(own);
	if (given !== '') return [given];
	const half = (part: number): readonly string[] => vault.hashes(`webhook ${part} ${workflowId} ${nodeId}`);
	const second = half(2);
	return half(1).map((first, index) => `${first}${second[index] ?? ''}`);
}

/** Whether a text is one of the secrets, in a time that does not tell how much of it is right. */
export function sameSecret(given: unknown, secrets: readonly string[]): boolean {
	if (typeof given !== 'string' || given === '') return false;
	const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
	return secrets.map((secret) => timingSafeEqual(digest(given), digest(secret))).includes(true);
}
