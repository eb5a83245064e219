export { pageHandler, securityHeaders, type Handler } from './page-handler.js';
