export { createPairingLinks, type PairingLink, type PairingLinks, VISIT_MS } from './pairing-links';
