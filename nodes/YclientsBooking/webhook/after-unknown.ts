export const AFTER_UNKNOWN = 'Read the settings back with Webhook > Get. Doing it again does no harm.';
