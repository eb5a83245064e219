import { OWNERS } from './owners.js';
import type { Pair, Seed } from './seed.js';

const CORDON: Pair = [
  'Keep people, traffic and any ignition away; close the area where 20 %LEL or more is measured.',
  '疏散人员车辆、严禁火源；实测≥20 %LEL区域立即警戒。',
];
const CREW: Pair = [
  'Send the emergency crew; it must be there within 30 min of the call.',
  '派出抢修队，接报后30分钟内到场。',
];
const MEASURE: Pair = [
  'Let the crew measure by laser at the manhole, its neighbours and adjacent spaces within 5 m of the pipe.',
  '到场后用激光检测仪复测本井、相邻井及距管5 m内相邻空间。',
];
const REPORT: Pair = [
  'Report to the duty leader, and write down who was told and when.',
  '向值班领导报告，记录通知对象与时间。',
];
const OUTLET: Pair = [
  'Compare the outlet with the set pressure: warn at 0.8 and 1.2, cut-off at 0.5, relief at 1.3, slam-shut at 1.4 of it.',
  '对照设定压力:预警0.8/1.2倍，低压切断0.5倍，放散1.3倍，超压切断1.4倍。',
];
const STANDBY: Pair = ['Switch to the standby line of the regulator where it has one.', '有备用路的切换至备用调压路。'];
const UPSTREAM: Pair = [
  'Look at the pressure upstream and at the stations that feed this stretch.',
  '查看上游压力及供气场站工况。',
];
const LEAK: Pair = [
  'Look at the leak findings, the methane in manholes nearby and works on this stretch.',
  '查看泄漏研判、附近窨井甲烷与施工情况。',
];
const DISPATCH: Pair = [
  'Call the gas dispatcher, and agree who operates which valve.',
  '联系燃气调度，明确操作人与阀门。',
];

const LEAK_HARM: Pair = [
  'Gas collects in closed spaces and may explode: the lower limit is 5 %vol.',
  '燃气在密闭空间积聚，可能爆炸(爆炸下限5 %vol)。',
];
const OVER_HARM: Pair = [
  'Appliances and pipes downstream get more than they may: flames lift, joints leak, people are in danger.',
  '下游管道和燃具超压，可能脱火、泄漏，危及用户。',
];
const SUPPLY_HARM: Pair = [
  'Flames go out at the users and gas escapes when the pressure comes back.',
  '用户熄火，恢复供气时可能漏气。',
];

export const GAS_SEEDS: readonly Seed[] = [
  {
    minutes: { 'CH4_MH.limit.high': 60, 'CH4_MH.limit.high-high': 30, 'CH4_MH.rate.rate': 60 },
    title: ['Methane in a manhole', '窨井甲烷超限'],
    cause: ['A leaking gas pipe nearby, or sewer gas.', '邻近燃气管道泄漏，或下水道沼气积聚。'],
    consequence: LEAK_HARM,
    action: ['Send the crew and keep ignition away from the manhole.', '立即派员到场，井周严禁火源。'],
    steps: [
      CREW,
      CORDON,
      MEASURE,
      [
        'Tell leak from sewer gas: ethane or odourant, no daily course, or two points within 50 m rising together mean a leak.',
        '甄别沼气与天然气:检出乙烷或加臭剂、无日变化、50 m内两点同升，判为泄漏。',
      ],
      ['Ventilate, and cut the stretch off where a leak is found.', '强制通风；确认泄漏时关断该管段。'],
      REPORT,
    ],
    latches: ['CH4_MH.limit.high-high'],
    ...{ reAlarmMinutes: 30, noShelf: true },
    ...{ suffers: 'people', owner: OWNERS.gasNetwork, source: 'domain 1.3 [P], [S1], [S3]' },
  },
  {
    minutes: { 'physics.methane': 60 },
    title: ['Methane that points to a leak', '甲烷异常(疑似泄漏)'],
    cause: ['Methane rises as from a leaking pipe and not as sewer gas does.', '甲烷上升形态符合管道泄漏而非沼气。'],
    consequence: LEAK_HARM,
    action: ['Have the place measured before it reaches 1 %vol.', '在达到1 %vol之前安排现场检测。'],
    steps: [CREW, MEASURE, CORDON, LEAK, REPORT],
    ...{ reAlarmMinutes: 60, noShelf: true },
    ...{ suffers: 'people', owner: OWNERS.gasNetwork, source: 'domain 1.3 [P]' },
  },
  {
    minutes: { 'CH4_ST.limit.high': 60, 'CH4_ST.limit.high-high': 30 },
    title: ['Combustible gas in a station', '场站可燃气体超限'],
    cause: ['A leaking flange, valve or vent in the station.', '站内法兰、阀门或放散泄漏。'],
    consequence: LEAK_HARM,
    action: ['Clear the station of people and ignition, start ventilation.', '撤离人员、切断火源、启动通风。'],
    steps: [
      ['Call the station: everybody out, no switching inside.', '通知场站:人员撤离，室内严禁开关电器。'],
      ['Start forced ventilation from outside.', '从室外启动强制通风。'],
      ['Close the inlet of the station where 50 %LEL is reached.', '达到50 %LEL时关闭进站阀。'],
      ['Enter only where the work area stays under 20 %LEL.', '作业区低于20 %LEL方可进入。'],
      REPORT,
    ],
    latches: ['CH4_ST.limit.high-high'],
    ...{ reAlarmMinutes: 30, noShelf: true },
    ...{ suffers: 'people', owner: OWNERS.gasStation, source: 'domain 1.3 [M]' },
  },
  {
    minutes: { 'CH4_UT.limit.high': 60, 'CH4_UT.limit.high-high': 30 },
    title: ['Combustible gas in a utility tunnel', '管廊燃气浓度超限'],
    cause: ['A leak in the gas compartment.', '燃气舱内泄漏。'],
    consequence: LEAK_HARM,
    action: ['Ventilate the section and both its neighbours.', '启动本防火分区及相邻分区事故通风。'],
    steps: [
      ['Start emergency ventilation of the section and both neighbours.', '启动本分区及两侧相邻分区事故通风。'],
      ['Get everybody out of the tunnel, and let nobody in.', '撤出廊内人员，禁止进入。'],
      ['Shut off the gas at 25 %LEL.', '达到25 %LEL紧急切断燃气。'],
      REPORT,
    ],
    latches: ['CH4_UT.limit.high-high'],
    ...{ reAlarmMinutes: 30, noShelf: true },
    ...{ suffers: 'people', owner: OWNERS.gasNetwork, source: 'domain 1.3 [S5]' },
  },
  {
    minutes: { 'P_MID.limit.low': 60, 'P_MID.limit.low-low': 30, 'P_SUB.limit.low': 60, 'P_SUB.limit.low-low': 30 },
    title: ['Network pressure low', '管网压力低'],
    cause: ['A break or leak, a closed valve, or the source gives too little.', '管道破裂泄漏、阀门误关或气源不足。'],
    consequence: SUPPLY_HARM,
    action: ['Find out whether gas is lost or only not delivered.', '判明是泄漏还是供气不足。'],
    steps: [
      UPSTREAM,
      LEAK,
      DISPATCH,
      ['Limit large users first where the source is short.', '气源不足时先限大用户。'],
      REPORT,
    ],
    reAlarmMinutes: 60,
    ...{ suffers: 'people', owner: OWNERS.gasNetwork, source: 'domain 1.1, 9 [P]' },
  },
  {
    minutes: {
      'P_MID.limit.high': 60,
      'P_MID.limit.high-high': 30,
      'P_SUB.limit.high': 60,
      'P_SUB.limit.high-high': 30,
    },
    title: ['Network pressure high', '管网压力高'],
    cause: [
      'A regulator at the station does not close, or a valve was opened too far.',
      '场站调压器关不严或阀门开度过大。',
    ],
    consequence: [
      'Pipes and the regulators they feed are strained beyond their class.',
      '管道及下游调压器超出压力级制。',
    ],
    action: ['Have the feeding station bring the pressure down.', '通知上游场站降压。'],
    steps: [
      UPSTREAM,
      DISPATCH,
      ['Watch that the regulators downstream hold their outlets.', '关注下游调压器出口是否稳定。'],
      REPORT,
    ],
    reAlarmMinutes: 60,
    ...{ suffers: 'people', owner: OWNERS.gasStation, source: 'domain 1.1, 9 [P]' },
  },
  {
    minutes: { 'P_MID.rate.rate': 60, 'P_SUB.rate.rate': 60, 'P_NPW.rate.rate': 60 },
    title: ['Network pressure changes fast', '管网压力突变'],
    cause: ['A break, works that hit the pipe, or a valve moved.', '管道破裂、第三方破坏或阀门动作。'],
    consequence: LEAK_HARM,
    action: [
      'Ask at once whether a valve was moved; if not, treat it as a break.',
      '立即询问是否操作阀门；若否，按破裂处置。',
    ],
    steps: [DISPATCH, LEAK, UPSTREAM, CREW],
    ...{ suffers: 'people', owner: OWNERS.gasNetwork, source: 'domain 1.5, 9 [P]' },
  },
  {
    minutes: {
      'P_LOW.limit.low': 30,
      'P_LOW.limit.low-low': 15,
      'physics.outlet-low': 30,
      'P_LOW.rate.rate': 30,
    },
    title: ['Regulator outlet pressure low', '调压器出口压力低'],
    cause: [
      'The filter is blocked, the slam-shut closed, or the inlet is short.',
      '过滤器堵塞、切断阀关闭或进口压力不足。',
    ],
    consequence: SUPPLY_HARM,
    action: ['Send a crew to the regulator; warn users before gas comes back.', '派员到调压站；恢复供气前通知用户。'],
    steps: [
      OUTLET,
      UPSTREAM,
      STANDBY,
      [
        'Check the filter: clean under 10, warn at 20, alarm at 30 kPa of loss.',
        '检查过滤器压差:清洁<10,预警20,报警30 kPa。',
      ],
      ['Relight only user by user after a tightness check.', '恢复供气前逐户检查后方可点火。'],
    ],
    reAlarmMinutes: 60,
    ...{ suffers: 'service', owner: OWNERS.gasStation, source: 'domain 1.1, 1.2 [M], [P]' },
  },
  {
    minutes: { 'P_LOW.limit.high': 60, 'P_LOW.limit.high-high': 30, 'physics.outlet-high': 30 },
    title: ['Regulator outlet pressure high', '调压器出口压力高'],
    cause: ['The regulator does not close, or its pilot is disturbed.', '调压器关闭不严或指挥器故障。'],
    consequence: OVER_HARM,
    action: ['Switch to the standby line, or shut the regulator.', '切换备用路，必要时关断。'],
    steps: [
      OUTLET,
      STANDBY,
      CREW,
      ['Appliances may have 1.5 to 3.0 kPa: have users measured who had more.', '燃具允许1.5–3.0 kPa:超出者逐户检测。'],
      ['Reset the slam-shut by hand at the place, after its cause was mended.', '消除原因后现场手动复位切断阀。'],
    ],
    latches: ['P_LOW.limit.high-high', 'physics.outlet-high'],
    ...{ reAlarmMinutes: 30, noShelf: true },
    ...{ suffers: 'people', owner: OWNERS.gasStation, source: 'domain 1.1, 1.2 [M], [P]' },
  },
  {
    minutes: { 'physics.creep': 60 },
    title: ['Regulator creeps up at night', '调压器夜间爬升'],
    cause: [
      'The seat leaks: with next to no flow the outlet rises over 1.2 of its set pressure for 5 min.',
      '阀口内漏:流量接近零时出口超过设定1.2倍达5分钟。',
    ],
    consequence: OVER_HARM,
    action: ['Have the seat mended before the next night.', '下一夜间低谷前检修阀口。'],
    steps: [OUTLET, STANDBY, ['Order the seat and the diaphragm to be checked.', '安排检查阀口与皮膜。'], REPORT],
    ...{ suffers: 'people', owner: OWNERS.gasStation, source: 'domain 1.2 [P]' },
  },
  {
    minutes: { 'physics.lock-up': 2880, 'physics.hunting': 1440 },
    title: ['Regulator closes too high, or swings', '调压器关闭压力偏高或振荡'],
    cause: ['The seat wears, or the pilot and the load do not suit each other.', '阀口磨损，或指挥器与负荷不匹配。'],
    consequence: ['The regulator wears and will fail sooner.', '调压器加速磨损，提前失效。'],
    action: ['Plan upkeep of the regulator.', '安排调压器检修。'],
    steps: [
      ['Compare lock-up with 10 to 20 % over the set pressure.', '对照关闭压力≤设定+10…20 %。'],
      STANDBY,
      ['Write the repair order with the chart of the finding.', '附曲线下达检修单。'],
    ],
    ...{ suffers: 'asset', owner: OWNERS.gasStation, source: 'domain 1.2 [M]' },
  },
  {
    minutes: { 'physics.mass-balance': 60 },
    title: ['Gas is lost between meters', '管段输差异常(疑似泄漏)'],
    cause: ['A leak, gas taken without a meter, or a meter that is off.', '泄漏、盗用或计量失准。'],
    consequence: LEAK_HARM,
    action: ['Take it as a leak until the meters are proven wrong.', '未排除前按泄漏处置。'],
    steps: [
      [
        'See the loss and since when; 3 % in an hour or 1.5 % in a day is beyond the meters.',
        '查看损失量与起始时间;1小时3 %、24小时1.5 %超出计量误差。',
      ],
      LEAK,
      ['Rule out works, purging and filling of the line pack with the dispatcher.', '与调度核实施工、放散、管存变化。'],
      ['Have the stretch walked with a laser detector, the likely place first.', '激光巡检该管段，从推定位置开始。'],
      ['Prove the meters where nothing is found.', '未查到泄漏时校验流量计。'],
    ],
    ...{ reAlarmMinutes: 240 },
    ...{ suffers: 'people', owner: OWNERS.gasNetwork, source: 'domain 1.5 [P], [S7]' },
  },
  {
    minutes: { 'physics.pressure-wave': 30 },
    title: ['Pressure wave of a break', '负压波(疑似破裂)'],
    cause: ['A sudden break or a hole, or a valve that closed fast.', '管道突然破裂、穿孔或阀门快速动作。'],
    consequence: LEAK_HARM,
    action: [
      'Send the crew to the stretch on the map and get ready to close its valves.',
      '派员至地图所示管段，准备关断两端阀门。',
    ],
    steps: [
      DISPATCH,
      CREW,
      [
        'Search from the likely place outwards: the wave tells it to 50 to 200 m.',
        '自推定点向两侧查找:定位精度50–200 m。',
      ],
      ['Close the valves on both sides where the pressure goes on falling.', '压力持续下降时关闭两端阀门。'],
      CORDON,
      REPORT,
    ],
    latches: ['physics.pressure-wave'],
    noShelf: true,
    ...{ suffers: 'people', owner: OWNERS.gasNetwork, source: 'domain 1.5 [S6]' },
  },
  {
    minutes: { 'THT.limit.low': 60, 'THT.limit.low-low': 30 },
    title: ['Too little odourant', '加臭剂不足'],
    cause: ['The dosing pump stands, the tank is empty, or the flow rose.', '加臭泵停运、储罐空或流量上升未跟随。'],
    consequence: [
      'A leak would not be smelt; gas without its smell is itself a major hazard.',
      '泄漏无法察觉；无警示气味供气属重大隐患。',
    ],
    action: ['Dose by hand and have the station checked.', '手动加臭并检查加臭装置。'],
    steps: [
      ['Check pump, tank and dosing rate: 15 to 25 mg/m3.', '检查加臭泵、储罐与加注量(15–25 mg/m3)。'],
      ['Measure at the end of the network: at least 8 mg/m3.', '管网末端检测，不低于8 mg/m3。'],
      ['Watch methane in manholes closer until it is back.', '恢复前加密关注窨井甲烷。'],
      REPORT,
    ],
    ...{ suffers: 'people', owner: OWNERS.gasStation, source: 'domain 1.4, 7.1 [M]' },
  },
];
