import { KOMMO } from '../../core/crm/amocrm';
import { familyResources } from '../AmocrmBooking/family/resources';

/** Everything the node can do. */
export const RESOURCES = familyResources(KOMMO);
