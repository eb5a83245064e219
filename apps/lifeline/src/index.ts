export { startNode, type NodeOptions, type RunningNode } from './node/node.js';
