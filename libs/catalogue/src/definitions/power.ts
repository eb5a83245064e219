import { OWNERS } from './owners.js';
import type { Pair, Seed } from './seed.js';

const CALL: Pair = ['Call distribution dispatch, and agree who does what.', '联系配电调度，明确分工。'];
const MOVE_LOAD: Pair = ['Move load to a neighbouring feeder or transformer.', '向相邻线路或变压器转移负荷。'];
const COOLING: Pair = [
  'Check fans, pumps and radiators: fans start at 55 °C of oil and stop at 45 °C.',
  '检查风扇、油泵、散热器:油温55 °C启、45 °C停。',
];
const LIMITS: Pair = [
  'Compare with the limits: oil 85 °C natural or 75 °C forced cooling, never over 95 °C.',
  '对照限值:自冷/风冷油温85 °C、强油75 °C,最高95 °C。',
];
const LOAD_LAST: Pair = ['Open load and temperature of the last day together.', '并排查看近一日负载与温度。'];
const CRITICAL: Pair = ['Look which key users hang on it, and warn them.', '查明所带重要用户并提前告知。'];
const INSPECT: Pair = ['Send a crew with a thermal camera.', '派员携红外热像仪到场检查。'];
const PHASES: Pair = ['Open the three phases side by side.', '并排查看三相数据。'];

const AGES: Pair = [
  'Insulation ages twice as fast with each 6 K, and may fail under load.',
  '温度每升6 K绝缘老化加倍，重载下可能击穿。',
];
const DARK: Pair = ['Users lose their supply; pumps, signals and lifts stop.', '用户停电，泵站、信号灯、电梯停运。'];
const BURNS: Pair = ['The joint breaks down; the cable burns and its feeder trips.', '接头击穿，电缆起火，线路跳闸。'];

export const POWER_SEEDS: readonly Seed[] = [
  {
    minutes: {
      'FREQ.limit.low': 30,
      'FREQ.limit.high': 30,
      'FREQ.limit.low-low': 10,
      'FREQ.limit.high-high': 10,
      'physics.grid-frequency': 15,
    },
    title: ['Grid frequency off', '电网频率偏差'],
    cause: ['The grid lost generation or load, or a part of it runs alone.', '电网失去电源或负荷，或局部孤网运行。'],
    consequence: ['Load is shed by the grid; wide parts of the city may go dark.', '低频减载动作，可能大面积停电。'],
    action: ['Call the grid control room and get ready for load shedding.', '联系上级调度，准备限电。'],
    steps: [
      CALL,
      [
        'Compare with the bounds: 0.2 Hz off in normal times, 0.5 Hz in a small system.',
        '对照允许偏差:正常±0.2 Hz,小系统±0.5 Hz。',
      ],
      CRITICAL,
      ['Have standby supply of pumps and hospitals made ready.', '通知泵站、医院备用电源待命。'],
    ],
    reAlarmMinutes: 30,
    ...{ suffers: 'service', owner: OWNERS.power, source: 'domain 2.1 [S8]' },
  },
  {
    minutes: { 'physics.frequency-meter': 2880 },
    title: ['Frequency meter off', '频率表失准'],
    cause: ['One meter reads otherwise than the others of the same grid.', '同一电网中单表读数与其他不一致。'],
    consequence: ['A real deviation could be missed at this place.', '该点可能漏报真实偏差。'],
    action: ['Have the meter checked.', '安排校验该频率表。'],
    steps: [
      ['Compare it with two other meters.', '与另外两只表对比。'],
      ['Restart the device from afar where that can be done.', '具备条件时远程重启。'],
      ['Order it to be calibrated or changed.', '下达校验或更换工单。'],
    ],
    ...{ suffers: 'none', owner: OWNERS.instruments, source: 'domain 2.1 [P]' },
  },
  {
    minutes: {
      'U_10.limit.low': 60,
      'U_10.limit.high': 60,
      'U_10.limit.low-low': 15,
      'U_10.limit.high-high': 15,
      'U_LV.limit.low': 60,
      'U_LV.limit.high': 60,
      'U_LV.limit.low-low': 15,
      'U_LV.limit.high-high': 15,
    },
    title: ['Voltage outside its limits', '电压越限'],
    cause: [
      'The tap changer stands wrong, the feeder is overloaded, or the neutral is broken.',
      '分接头位置不当、线路过载或中性线断线。',
    ],
    consequence: ['Motors stall or burn, and appliances of users are damaged.', '电机堵转烧毁，用户设备损坏。'],
    action: ['Have dispatch correct the tap or move load.', '通知调度调整分接头或转移负荷。'],
    steps: [
      PHASES,
      ['Compare with the limits: 10 kV ±7 %, 220 V +7 and −10 %.', '对照限值:10 kV ±7 %,220 V +7/−10 %。'],
      ['Check the tap position of the transformer.', '核查变压器分接头位置。'],
      MOVE_LOAD,
    ],
    ...{ suffers: 'service', owner: OWNERS.power, source: 'domain 2.1 [S8]' },
  },
  {
    minutes: { 'physics.week-outside-band': 1440, 'physics.tap-changer': 720 },
    title: ['Voltage control does not hold', '电压调节失效'],
    cause: [
      'The tap changer hangs or works too often, or the feeder is too long for its load.',
      '分接开关卡滞或频繁动作，或线路供电半径过大。',
    ],
    consequence: ['Voltage is outside its limits for more than 5 % of the week.', '一周内越限时间超过5 %。'],
    action: ['Plan upkeep of the tap changer.', '安排分接开关检修。'],
    steps: [
      ['Count the operations of the tap changer over the week.', '统计分接开关一周动作次数。'],
      [
        'Compare the share of 10-minute values within limits: 95 % of a week must be.',
        '核算10分钟值合格率:一周应≥95 %。',
      ],
      ['Write the repair order with the chart of the finding.', '附曲线下达检修单。'],
    ],
    ...{ suffers: 'service', owner: OWNERS.powerUpkeep, source: 'domain 2.1 [M]' },
  },
  {
    minutes: {
      'LOAD.limit.high': 60,
      'LOAD.limit.high-high': 15,
      'physics.heavy-load': 60,
      'physics.overload-forecast': 60,
    },
    title: ['Heavy load or overload', '重载或过载'],
    cause: ['Heat or cold, a new large user, or load moved here from elsewhere.', '高温严寒、新增大用户或负荷转入。'],
    consequence: AGES,
    action: ['Move load before the two hours are over.', '两小时内转移负荷。'],
    steps: [
      LOAD_LAST,
      ['Heavy is 80 to 100 % for 2 h, overload more than 100 % for 2 h.', '重载80–100 %持续2 h,过载>100 %持续2 h。'],
      MOVE_LOAD,
      COOLING,
      ['Limit large users by their agreement where nothing can be moved.', '无法转供时按协议限大用户。'],
    ],
    reAlarmMinutes: 120,
    ...{ suffers: 'service', owner: OWNERS.power, source: 'domain 2.1 [M]' },
  },
  {
    minutes: {
      'T_OIL.limit.high': 30,
      'T_OIL.limit.high-high': 15,
      'T_OIL.rate.rate': 30,
      'physics.oil-over-model': 30,
      'physics.hot-spot-forecast': 15,
    },
    title: ['Transformer too hot', '变压器过热'],
    cause: ['Overload, cooling that failed, or a fault within.', '过载、冷却失效或内部故障。'],
    consequence: AGES,
    action: ['Restore cooling, else take load off.', '恢复冷却，否则降负荷。'],
    steps: [
      LOAD_LAST,
      LIMITS,
      COOLING,
      MOVE_LOAD,
      [
        'Take it off the grid where oil goes on rising at falling load: that is a fault within.',
        '负载下降而油温仍升，疑为内部故障，申请停运。',
      ],
    ],
    reAlarmMinutes: 60,
    ...{ suffers: 'asset', owner: OWNERS.power, source: 'domain 2.2 [S11], [S12]' },
  },
  {
    minutes: { 'physics.loss-of-life': 30 },
    title: ['Transformer ages fast', '变压器加速老化'],
    cause: ['Nights of high load at high hot spots.', '连续高负载、热点温度高。'],
    consequence: AGES,
    action: ['Relieve it before the next peak.', '下一高峰前降低负荷。'],
    steps: [
      LOAD_LAST,
      [
        'See the hot spot: 98 °C costs a day of life a day, each 6 K twice as much.',
        '查看热点:98 °C为正常寿命，每升6 K损耗加倍。',
      ],
      MOVE_LOAD,
      ['Order an oil sample where it goes on.', '持续出现时安排油色谱取样。'],
    ],
    ...{ suffers: 'asset', owner: OWNERS.powerUpkeep, source: 'domain 2.3 [S14]' },
  },
  {
    minutes: { 'T_DRY.limit.high': 30, 'T_DRY.limit.high-high': 10 },
    title: ['Dry transformer too hot', '干变绕组过热'],
    cause: ['Overload, fans that stand still, or a closed room.', '过载、风机停运或室内通风不良。'],
    consequence: ['It trips at 150 °C and its users go dark.', '150 °C跳闸，用户停电。'],
    action: ['Start its fans, then take load off.', '启动风机并降负荷。'],
    steps: [
      ['Check that its fans run from 100 °C on.', '确认风机100 °C已启动。'],
      ['Open the room to fresh air.', '加强室内通风。'],
      MOVE_LOAD,
      CRITICAL,
    ],
    ...{ suffers: 'asset', owner: OWNERS.power, source: 'domain 2.2 [M]' },
  },
  {
    minutes: {
      'T_JNT.limit.high': 30,
      'T_JNT.limit.high-high': 15,
      'T_JNT.rate.rate': 30,
      'physics.joint-over-load': 30,
    },
    title: ['Cable joint too hot', '电缆接头过热'],
    cause: ['A joint that was made badly or took water, or too much current.', '接头压接不良、进水或电流过大。'],
    consequence: BURNS,
    action: ['Take load off the cable and have the joint looked at.', '降低电缆负荷并检查接头。'],
    steps: [
      ['Compare with the neighbouring joints at the same current.', '与同回路相邻接头同电流下对比。'],
      MOVE_LOAD,
      INSPECT,
      [
        'Switch the cable off at 90 °C, which the conductor may have for good.',
        '达到90 °C(导体长期允许温度)申请停运。',
      ],
      ['Clear the tunnel of people, and have fire fighting ready.', '撤离管廊人员，消防待命。'],
    ],
    latches: ['T_JNT.limit.high-high'],
    reAlarmMinutes: 60,
    ...{ suffers: 'asset', owner: OWNERS.powerUpkeep, source: 'domain 2.2 [M], 9' },
  },
  {
    minutes: { 'physics.feeder-outage': 15 },
    title: ['Feeder is out', '线路停电'],
    cause: ['A fault on the feeder, a switch that opened, or the grid failed.', '线路故障、开关跳闸或上级失电。'],
    consequence: DARK,
    action: ['Find the faulty section and feed the rest from its neighbours.', '隔离故障段，恢复非故障段供电。'],
    steps: [
      CALL,
      CRITICAL,
      ['Find what fell silent or dark with it: pumps, regulators, signals.', '查明连带停运的泵站、调压站、信号灯。'],
      ['Feed the sound sections from neighbouring feeders.', '非故障段由联络线转供。'],
      [
        'Count load and users lost against the accident classes of Decree 599.',
        '统计失负荷与停电户数，对照599号令事故等级。',
      ],
    ],
    reAlarmMinutes: 60,
    ...{ suffers: 'service', owner: OWNERS.power, source: 'domain 2.4 [M]' },
  },
  {
    minutes: {
      'physics.lost-phase': 15,
      'physics.phase-imbalance': 60,
      'UNB.limit.high': 60,
      'UNB.limit.high-high': 30,
    },
    title: ['A phase is lost or the phases are unequal', '缺相或三相不平衡'],
    cause: [
      'A blown fuse, a broken conductor, or users spread badly over the phases.',
      '熔丝熔断、断线或单相负荷分配不均。',
    ],
    consequence: [
      'Motors on three phases overheat and burn; the neutral carries current.',
      '三相电机过热烧毁，中性线过流。',
    ],
    action: [
      'Send a crew to the fuse or the conductor; warn of broken wires on the ground.',
      '派员查熔丝与导线，警示断线落地危险。',
    ],
    steps: [
      PHASES,
      ['Compare with the limit: 2 % for good, 4 % for a short time.', '对照限值:长期2 %,短时4 %。'],
      ['Have pumps and lifts on it stopped where a phase is lost.', '缺相时通知停用所带水泵、电梯。'],
      ['Send a crew; keep people off wires on the ground.', '派员到场，断线处设置警戒。'],
    ],
    ...{ suffers: 'service', owner: OWNERS.power, source: 'domain 2.1 [M]' },
  },
];
