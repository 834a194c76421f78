import type { Migration } from './migration';

/** Clients by what they spent, so that the best of them are found without reading all. */
export const clientProfile: Migration = {
	id: '0013-client-profile',
	statements: () => ['create index sync_client_spent on sync_client (tenant, (coalesce(total_spent, services_amount))) where deleted_at is null'],
};
