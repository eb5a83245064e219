import { OWNERS } from './owners.js';
import type { Pair, Seed } from './seed.js';

const TRAFFIC: Pair = [
  'Open the vehicles of the last ten minutes: an overload explains a single peak.',
  '查看近十分钟车辆记录:超载可解释单次峰值。',
];
const SECOND: Pair = [
  'Take it as real where a second sensor of the span saw it too.',
  '同跨第二个测点同时出现，判为真实。',
];
const INSPECT: Pair = ['Send the bridge inspector to the place on the map.', '派桥检人员到地图所示位置检查。'];
const LIMIT: Pair = [
  'Have traffic police limit heavy vehicles at level 2 and close the bridge at level 1.',
  '二级限制重车通行，一级封闭交通，由交警实施。',
];
const REPORT: Pair = ['Tell the bridge office and the designer, with the chart.', '附曲线报桥梁管理处与设计单位。'];
const TREND: Pair = [
  'Open the value with temperature taken out, over the last month.',
  '查看近一月扣除温度后的残差曲线。',
];

const HARM: Pair = [
  'The structure may be damaged further under traffic, at worst fail.',
  '结构损伤在车流下扩展，严重时垮塌。',
];

/** A finding on the long-term state of a structure. */
const structure = (
  minutes: Seed['minutes'],
  title: Pair,
  cause: Pair,
  bars: Pair,
  source: string,
  latches: readonly string[] = [],
): Seed => ({
  ...{ minutes, title, cause, latches, source },
  consequence: HARM,
  action: [
    'See whether temperature or traffic explains it; if not, have it inspected.',
    '先排除温度与车流影响，否则安排检查。',
  ],
  steps: [TREND, TRAFFIC, bars, SECOND, INSPECT, LIMIT, REPORT],
  ...{ suffers: 'people', owner: OWNERS.bridge },
});

export const BRIDGE_SEEDS: readonly Seed[] = [
  {
    minutes: { 'GVW.limit.high': 60, 'GVW.limit.high-high': 30, 'physics.overloaded-vehicle': 60 },
    title: ['Overloaded vehicle on the bridge', '超限车辆过桥'],
    cause: ['A vehicle heavier than the road or this bridge may carry.', '车辆总重超过公路或本桥限值。'],
    consequence: HARM,
    action: ['Tell traffic police the lane, the time and the weight.', '向交警通报车道、时间与车重。'],
    steps: [
      [
        'Read weight and lane: over 49 t is overloaded, over 60 t level 2, over 1.5 of the posted limit or 100 t level 1.',
        '核对车重与车道:>49 t超限,>60 t二级,>1.5倍限载或100 t一级。',
      ],
      ['Look at strain and deflection in the same ten seconds.', '查看同一10秒内应变与挠度响应。'],
      ['Tell traffic police to stop the vehicle behind the bridge.', '通知交警在桥后拦截。'],
      ['Have the span inspected where a gauge passed 0.8 of its design value.', '测点超过0.8倍设计值时安排检查。'],
    ],
    ...{ suffers: 'people', owner: OWNERS.traffic, source: 'domain 3.1, 3.2 [S17], [P]' },
  },
  {
    minutes: { 'physics.ship-strike': 30 },
    title: ['Ship or vehicle struck the bridge', '船舶或车辆撞击'],
    cause: [
      'A blow: acceleration and tilt jump together, and no heavy vehicle was there.',
      '加速度与倾斜同时突变，且无重车通过。',
    ],
    consequence: [
      'A pier or a girder may be damaged; the bridge may not carry traffic any more.',
      '墩柱或主梁可能受损，不能继续通行。',
    ],
    action: ['Stop traffic until the pier was looked at.', '立即中断交通，待检查后恢复。'],
    steps: [
      [
        'Have traffic police stop traffic onto the bridge, and the port authority ships under it.',
        '通知交警禁止上桥，海事部门禁航。',
      ],
      ['Look at the cameras and at the tilt of the pier before and after.', '查看视频及墩身撞击前后倾斜。'],
      INSPECT,
      ['Open again only by the bridge office, in writing.', '经桥梁管理处书面同意后恢复通行。'],
      REPORT,
    ],
    latches: ['physics.ship-strike'],
    ...{ noShelf: true, suffers: 'people', owner: OWNERS.bridge, source: 'domain 3.1, 6.1 [P]' },
  },
  structure(
    {
      'STRN.limit.low': 60,
      'STRN.limit.high': 60,
      'STRN.limit.low-low': 30,
      'STRN.limit.high-high': 30,
      'physics.strain-residual': 60,
    },
    ['Strain off', '应变异常'],
    ['Overload, a lost load path, or the gauge came loose.', '超载、受力改变或应变计脱粘。'],
    [
      'Compare with the design value: 0.7 attention, 0.8 level 2, 1.0 level 1.',
      '对照设计值:0.7关注，0.8二级，1.0一级。',
    ],
    'domain 3.1 [P], [M]',
  ),
  structure(
    { 'DEFL.limit.high': 60, 'DEFL.limit.high-high': 30, 'physics.deflection-residual': 60 },
    ['Deflection off', '挠度异常'],
    ['Overload, prestress that was lost, or settling.', '超载、预应力损失或沉降。'],
    [
      'Compare with the design value: 0.7 attention, 0.8 level 2, 1.0 level 1; sag of 5 mm a year is level 1.',
      '对照设计值:0.7/0.8/1.0;持续下挠5 mm/年为一级。',
    ],
    'domain 3.1 [P], [S16]',
  ),
  structure(
    {
      'TILT.limit.low': 60,
      'TILT.limit.high': 60,
      'TILT.limit.low-low': 30,
      'TILT.limit.high-high': 30,
      'physics.pier-tilt': 60,
      'physics.support-settlement': 60,
    },
    ['Pier tilts or settles', '桥墩倾斜或沉降'],
    ['Scour, works beside the foundation, or a blow.', '冲刷、基坑施工或撞击。'],
    [
      'Compare with the base: 0.05, 0.1 and 0.2 degrees; settling of 2, 4 and 6 mm a month.',
      '对照基准:倾斜0.05/0.1/0.2°,沉降2/4/6 mm/月。',
    ],
    'domain 3.1 [P]',
    ['TILT.limit.low-low', 'TILT.limit.high-high'],
  ),
  structure(
    {
      'CBLF.limit.low': 60,
      'CBLF.limit.high': 60,
      'CBLF.limit.low-low': 30,
      'CBLF.limit.high-high': 30,
      'physics.cable-force': 60,
    },
    ['Cable force off', '索力异常'],
    ['A stay that lost wires or slipped, or its neighbour did.', '拉索断丝、滑移，或相邻索力转移。'],
    ['Compare with the base: 5, 10 and 15 % off.', '对照基准:±5/±10/±15 %。'],
    'domain 3.1, 3.3 [P]',
  ),
  structure(
    { 'physics.modal-frequency': 60, 'physics.traffic-response': 60 },
    ['The span answers otherwise than it did', '结构动力响应改变'],
    ['Stiffness was lost, or a bearing hangs.', '刚度下降或支座卡滞。'],
    ['Compare the drop of the natural frequency with 5, 10 and 15 %.', '对照频率下降5/10/15 %。'],
    'domain 3.1 [S16]',
  ),
  {
    minutes: { 'physics.bearing-displacement': 30, 'physics.joint-displacement': 30, 'physics.bearing-jam': 30 },
    title: ['Bearing or joint off', '支座或伸缩缝异常'],
    cause: ['It is jammed, blocked by rubbish, or shifted.', '卡死、杂物堵塞或移位。'],
    consequence: [
      'Girder and pier are strained by every change of temperature; the joint breaks up.',
      '温度变化时梁墩受约束，伸缩缝损坏。',
    ],
    action: ['Have the bearing looked at within days.', '数日内安排检查。'],
    steps: [
      TREND,
      [
        'Compare with 3 and 5 deviations of the model, and with 0.8, 0.9 and 1.0 of the stroke.',
        '对照模型残差3σ/5σ及行程0.8/0.9/1.0。',
      ],
      INSPECT,
      ['Have the joint cleared of rubbish.', '清理伸缩缝杂物。'],
    ],
    ...{ suffers: 'asset', owner: OWNERS.bridge, source: 'domain 3.1 [S16], [P]' },
  },
  {
    minutes: { 'physics.thermometer-drift': 480 },
    title: ['Thermometer of the bridge off', '结构温度计失准'],
    cause: [
      'Many gauges move as at another temperature: the thermometer drifts.',
      '多个测点表现对应另一温度，温度计漂移。',
    ],
    consequence: ['What is compensated by it is judged wrongly.', '依其补偿的测点判断失准。'],
    action: ['Have the thermometer checked.', '安排校验温度计。'],
    steps: [
      ['Compare it with the air and with another thermometer.', '与气温及其他温度计对比。'],
      ['Order it to be calibrated or changed.', '下达校验或更换工单。'],
      ['Look at the findings of that time again afterwards.', '修复后复核该时段结论。'],
    ],
    ...{ suffers: 'none', owner: OWNERS.instruments, source: 'domain 3.4 [P]' },
  },
  {
    minutes: { 'WIND.limit.high': 60, 'WIND.limit.high-high': 30 },
    title: ['Strong wind on the deck', '桥面大风'],
    cause: ['Weather.', '天气。'],
    consequence: ['High vehicles are blown over.', '高大车辆侧翻。'],
    action: ['Limit the speed, and close the bridge at force 10.', '限速，十级封桥。'],
    steps: [
      ['17.2 m/s: limit the speed.', '17.2 m/s(8级):限速。'],
      ['20.8 m/s: no high-sided vehicles.', '20.8 m/s(9级):禁止高大车辆。'],
      ['24.5 m/s: close the bridge.', '24.5 m/s(10级):封闭。'],
      ['Tell traffic police, and show it on the signs.', '通知交警并在情报板发布。'],
    ],
    ...{ reAlarmMinutes: 60, suffers: 'people', owner: OWNERS.traffic, source: 'domain 3.1 [M]' },
  },
];
