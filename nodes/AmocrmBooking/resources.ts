import { AMOCRM } from '../../core/crm/amocrm';
import { familyResources } from './family/resources';

/** Everything the node can do. */
export const RESOURCES = familyResources(AMOCRM);
