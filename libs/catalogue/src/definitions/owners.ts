import type { Pair } from './seed.js';

/** Who answers for what, until the city names its own (domain 7.3: department, owner, operating unit). [P] */
export const OWNERS = {
  gasNetwork: ['Gas company, network dispatch', '燃气公司管网调度'],
  gasStation: ['Gas company, station operation', '燃气公司场站运行'],
  power: ['Power distribution dispatch', '配电调度'],
  powerUpkeep: ['Power equipment maintenance', '电力设备检修'],
  bridge: ['Bridge management office', '桥梁管理处'],
  traffic: ['Traffic police command', '交警指挥中心'],
  drainage: ['Drainage operation centre', '排水运行中心'],
  flood: ['Flood control office', '防汛办公室'],
  instruments: ['Instrument maintenance', '仪表维护'],
  monitoring: ['Lifeline monitoring centre', '生命线监测中心'],
} as const satisfies Record<string, Pair>;
