export { type ClientNotes, copiedClients, type CopiedClient, type CopiedClients } from './clients';
export { copiedVisits, type CopiedVisit, type CopiedVisits, type PastVisit } from './visits';
export { copiedSales, type CopiedSale, type CopiedSales } from './sales';
export { recentVisitsByPhone, type RecentVisit } from './recent-visits';
