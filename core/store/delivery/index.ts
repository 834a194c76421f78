export { createDeliveries, type Deliveries, type DeliveryOptions } from './delivery';
