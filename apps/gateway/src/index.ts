export * from './configure-gateway.js';
export * from './gateway-options.js';
export * from './gateway.module.js';
export * from './live/live-view.js';
export { LiveFeed } from './live/live-feed.js';
