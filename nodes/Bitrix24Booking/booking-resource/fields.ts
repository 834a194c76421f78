import { locator } from '../../shared/booking/locators';

export const resourceLocator = locator('resourceId', 'Resource', 'searchBitrix24Resources', { description: 'The resource of Online Booking to work with' });
