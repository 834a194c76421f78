import { updateDisplayOptions, type INodeCredentialDescription, type INodeProperties } from 'n8n-workflow';
import { crmField } from '../shared/crm-registry';
import { describeOperations } from '../shared/operation';
import { salonIdField } from '../shared/salon';
import { credentialsOf, settingsOf, storeCredential } from '../shared/vendor/panel';
import { VENDORS } from '../shared/vendors';
import { OPERATIONS, RUNS } from './operations';

const [operationField, ...operationFields] = describeOperations(OPERATIONS, 'syncNow');

/** The store, and the credential of the CRM that is chosen. */
export const credentials: INodeCredentialDescription[] = [storeCredential, ...VENDORS.flatMap((vendor) => credentialsOf(vendor, { crm: [vendor.value], operation: RUNS }))];

/** The panel: a run needs the CRM, everything else the salon only. */
export const properties: INodeProperties[] = [
	...(operationField === undefined ? [] : [operationField]),
	...updateDisplayOptions({ show: { operation: [...RUNS] } }, [crmField('Where the lists are copied from')]),
	...VENDORS.flatMap((vendor) => settingsOf(vendor, { crm: [vendor.value], operation: RUNS })),
	salonIdField,
	...operationFields,
];
