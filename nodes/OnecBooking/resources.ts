import { vendorResources } from '../shared/vendor/resources';
import { getAllMovements } from './accumulation-register/get-all';
import { getBalance } from './accumulation-register/get-balance';
import { getTurnovers } from './accumulation-register/get-turnovers';
import { postDocument, unpostDocument } from './document/set-posted';
import { createInformationRow } from './information-register/create';
import { deleteInformationRow } from './information-register/delete';
import { getAllInformationRows } from './information-register/get-all';
import { getSlice } from './information-register/get-slice';
import { updateInformationRow } from './information-register/update';
import { checkMappingOfNode } from './metadata/check-mapping';
import { discoverMapping } from './metadata/discover';
import { getSets } from './metadata/get-sets';
import { createObject } from './object/create';
import { getObject } from './object/get';
import { getAllObjects } from './object/get-all';
import { CATALOG, DOCUMENT, type ObjectKind } from './object/kind';
import { markForDeletion } from './object/mark-for-deletion';
import { updateObject } from './object/update';
import type { OnecAccount } from './vendor';

const objectOperations = (kind: ObjectKind) => [getAllObjects(kind), getObject(kind), createObject(kind), updateObject(kind), markForDeletion(kind)] as const;

/** Everything the node can do: the panel, the dispatch and the tests are made from this list. */
export const RESOURCES = vendorResources<OnecAccount>([
	{ value: 'accumulationRegister', name: 'Accumulation Register', operations: [getAllMovements, getBalance, getTurnovers] },
	{ value: 'catalog', name: 'Catalog', operations: [...objectOperations(CATALOG)] },
	{ value: 'document', name: 'Document', operations: [...objectOperations(DOCUMENT), postDocument, unpostDocument] },
	{ value: 'informationRegister', name: 'Information Register', operations: [getAllInformationRows, getSlice, createInformationRow, updateInformationRow, deleteInformationRow] },
	{ value: 'metadata', name: 'Metadata', operations: [discoverMapping, checkMappingOfNode, getSets] },
]);
