export { type Answer, empty, html, json, withHeaders } from './answer';
export { createClock, type VirtualClock } from './clock';
export { delay } from './delay';
export {
	createFaultScript, cut, type Effect, emptyBody, errorIn200, failing, type Fault, type FaultCall, type FaultRule, type FaultScript,
	gate, type Gate, hang, htmlPage, huge, late, replaced, throttled, truncated,
} from './faults';
export { leakyBucket, type RateLimit, slidingWindows, type Window } from './limits';
export { createRandom, type Random } from './random';
export { fieldsOf, type SimRequest } from './request';
export { createRequestLog, type LoggedRequest, type RequestLog } from './request-log';
export { type Handler, type Route, route } from './router';
export { type SimServer, type SimServerParts, startServer, type VendorVoice } from './server';
export { positionsOf, type SwitchBoard, type Switches, switchesOf } from './switches';
export { createWebhookSender, type Delivery, type WebhookCall, type WebhookSender } from './webhooks';
export { formatOffset, isoOf, momentOf, offsetOf, wallOf } from './zone';
