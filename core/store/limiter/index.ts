export { createLimiter, createMemoryLimiter, type LimiterOptions, type RateLimiter } from './limiter';
