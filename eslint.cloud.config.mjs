import { config } from '@n8n/node-cli/eslint';

/** The strictest profile of n8n's linter, for the vendors' nodes and credentials; see scripts/lint-cloud.mjs. */
export default config;
