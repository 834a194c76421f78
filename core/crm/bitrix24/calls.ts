import type * as v from 'valibot';
import type { MethodCall } from './batch';
import type { Parameters } from './parameters';
import * as wire from './wire';

/** The portal's methods, one builder each. All are sent as POST with JSON; a GET body is never read. */

/** A call of a method. The name in events and errors is the method's own. */
export function call<T>(method: string, schema: v.GenericSchema<unknown, T>, parameters: Parameters = {}): MethodCall<T> {
	return { name: method, method: 'POST', path: method, json: parameters, parameters, schema };
}

export const CONTACT = 3;
export const COMPANY = 4;
const PLAIN_UF = { useOriginalUfNames: 'Y' };

/** Counting is skipped and pages are told by the last id: nothing repeats or gets lost when the list moves. */
const AFTER_ID = { order: { id: 'ASC' }, start: -1 };

export const myCompany = (after = '0') => call('crm.item.list', wire.pageOf(wire.MY_COMPANY, 'items'), { entityTypeId: COMPANY, filter: { isMyCompany: 'Y', '>id': Number(after) }, select: ['*'], ...AFTER_ID });

export const catalogues = () => call('catalog.catalog.list', wire.pageOf(wire.CATALOGUE, 'catalogs'), { order: { id: 'ASC' } });
/** `select` and `filter` must name `id` and `iblockId`. Services only; asked by some portals of administrators only. */
export const services = (iblockId: string, after: string, fields: readonly string[]) =>
	call('catalog.product.service.list', wire.pageOf(wire.PRODUCT, 'services'), { select: productFields(fields), filter: { iblockId: Number(iblockId), '>id': Number(after) }, ...AFTER_ID });
/** The same for those who may not use {@link services}: goods among them. */
export const products = (iblockId: string, after: string, fields: readonly string[]) =>
	call('catalog.product.list', wire.pageOf(wire.PRODUCT, 'products'), { select: productFields(fields), filter: { iblockId: Number(iblockId), '>id': Number(after) }, ...AFTER_ID });
export const prices = (productIds: readonly string[], after: string) =>
	call('catalog.price.list', wire.pageOf(wire.PRICE, 'prices'), { filter: { productId: productIds.map(Number), '>id': Number(after) }, ...AFTER_ID });

export const resources = (start: number) => call('booking.v1.resource.list', wire.pageOf(wire.RESOURCE, 'resource'), { order: { id: 'ASC' }, start });
/** A schedule template, not free time. Earlier editions spelt the parameter otherwise; an unknown one is ignored. */
export const resourceSlots = (resourceId: string) => call('booking.v1.resource.slots.list', wire.pageOf(wire.SLOT_ROW, 'slots'), { resourceId: Number(resourceId), resourceID: Number(resourceId) });

export const bookings = (filter: Parameters, start: number) => call('booking.v1.booking.list', wire.pageOf(wire.BOOKING, 'booking'), { filter, order: { id: 'ASC' }, start });
export const booking = (id: string) => call('booking.v1.booking.get', wire.ONE_BOOKING, { id: Number(id) });
export const addBooking = (fields: Parameters) => call('booking.v1.booking.add', wire.MADE, { fields });
export const updateBooking = (id: string, fields: Parameters) => call('booking.v1.booking.update', wire.DONE, { id: Number(id), fields });
export const deleteBooking = (id: string) => call('booking.v1.booking.delete', wire.DONE, { id: Number(id) });
export const bookingClients = (bookingId: string) => call('booking.v1.booking.client.list', wire.BOOKING_CLIENTS, { bookingId: Number(bookingId) });
/** Replaces all clients of a booking. */
export const setBookingClient = (bookingId: string, contactId: string) =>
	call('booking.v1.booking.client.set', wire.DONE, { bookingId: Number(bookingId), clients: [{ id: Number(contactId), type: { module: 'crm', code: 'CONTACT' } }] });
/** Replaces all links of a booking; the value is text. */
export const setBookingDeal = (bookingId: string, dealId: string) =>
	call('booking.v1.booking.externalData.set', wire.DONE, { bookingId: Number(bookingId), externalData: [{ moduleId: 'crm', entityTypeId: 'DEAL', value: dealId }] });

export const users = (after: string) => call('user.get', wire.pageOf(wire.USER), { FILTER: { ACTIVE: true, USER_TYPE: 'employee', '>ID': Number(after) }, sort: 'ID', order: 'ASC' });

/** Contacts with a phone in one of its spellings. Always for contacts only: a kind with 20 hits would hide the others. */
export const duplicates = (phones: readonly string[]) => call('crm.duplicate.findbycomm', wire.FOUND_CONTACTS, { type: 'PHONE', values: phones, entity_type: 'CONTACT' });
/** Phones come with `*` alone. */
export const contacts = (filter: Parameters, after = '0') => call('crm.item.list', wire.pageOf(wire.CONTACT, 'items'), { entityTypeId: CONTACT, filter: { ...filter, '>id': Number(after) }, select: ['*', 'UF_*'], ...PLAIN_UF, ...AFTER_ID });
export const contact = (id: string) => call('crm.item.get', wire.itemOf(wire.CONTACT), { entityTypeId: CONTACT, id: Number(id) });
export const addContact = (fields: Parameters) => call('crm.item.add', wire.itemOf(wire.CONTACT), { entityTypeId: CONTACT, fields });
export const updateContact = (id: string, fields: Parameters) => call('crm.item.update', wire.itemOf(wire.CONTACT), { entityTypeId: CONTACT, id: Number(id), fields });

/** Deals, leads and elements of smart processes; user fields under their original names. */
export const items = (entityTypeId: number, filter: Parameters, after: string) =>
	call('crm.item.list', wire.pageOf(wire.ITEM, 'items'), { entityTypeId, ...PLAIN_UF, filter: { ...filter, '>id': Number(after) }, select: ['*', 'UF_*'], ...AFTER_ID });
export const item = (entityTypeId: number, id: string) => call('crm.item.get', wire.itemOf(wire.ITEM), { entityTypeId, ...PLAIN_UF, id: Number(id) });
export const addItem = (entityTypeId: number, fields: Parameters) => call('crm.item.add', wire.itemOf(wire.ITEM), { entityTypeId, ...PLAIN_UF, fields });
export const updateItem = (entityTypeId: number, id: string, fields: Parameters) => call('crm.item.update', wire.itemOf(wire.ITEM), { entityTypeId, ...PLAIN_UF, id: Number(id), fields });
export const itemFields = (entityTypeId: number) => call('crm.item.fields', wire.FIELDS, { entityTypeId, ...PLAIN_UF });
/** Replaces all rows. */
export const setProductRows = (dealId: string, rows: readonly unknown[]) => call('crm.item.productrow.set', wire.ANYTHING, { ownerType: 'D', ownerId: Number(dealId), productRows: rows });

export const accessibility = (userIds: readonly string[], from: string, to: string) => call('calendar.accessibility.get', wire.ACCESSIBILITY, { users: userIds.map(Number), from, to });

function productFields(more: readonly string[]): readonly string[] {
	return ['id', 'iblockId', 'name', 'active', 'type', 'iblockSectionId', ...more];
}
