import { OWNERS } from './owners.js';
import type { Pair, Seed } from './seed.js';

const COMPARE: Pair = [
  'Open the chart of the sensor over the last day and the usual band, and compare with its neighbours.',
  '打开该测点近一日曲线与常态带，并与相邻测点对比。',
];
const TELL: Pair = [
  'Tell the owner what was found, and write it into the note of the alarm.',
  '将判断结果告知权属单位，并写入报警备注。',
];
const JUDGE: Pair = [
  'Say of the alarm whether it is the new normal or a false alarm, where it is one of them.',
  '若为新常态或误报，请在报警上给出研判结论。',
];
const SEND: Pair = [
  'Send the instrument crew to check wiring, supply and calibration.',
  '派仪表人员检查接线、供电与校准。',
];

/** What holds where nothing more specific does: one for each family of rule. */
const RULES: readonly Seed[] = [
  {
    minutes: { limit: 240 },
    title: ['A limit was passed', '越限'],
    cause: ['The value went over a limit of this sensor.', '测值越过该测点限值。'],
    consequence: ['What the limit protects is no longer within its bounds.', '限值所保护的对象超出允许范围。'],
    action: ['Check that the value is real, then tell the owner of the asset.', '先核实测值真实，再通知权属单位。'],
    steps: [COMPARE, ['Look whether works or tests are going on there.', '核查现场是否有作业或试验。'], TELL],
    ...{ suffers: 'service', owner: OWNERS.monitoring, source: 'domain 6.2 [P]' },
  },
  {
    minutes: { rate: 240 },
    title: ['Unusually fast change', '变化过快'],
    cause: ['The value changes faster than this quantity does by itself.', '测值变化速度超出该量自身规律。'],
    consequence: ['A limit may be passed soon.', '可能很快越限。'],
    action: ['See whether the change goes on, and what else changed with it.', '查看变化是否持续及伴随变化。'],
    steps: [
      COMPARE,
      ['Look for switching, valves or pumps moved at that time.', '核查同时段开关、阀门、水泵操作。'],
      TELL,
    ],
    ...{ suffers: 'service', owner: OWNERS.monitoring, source: 'domain 8.3, 9 [P]' },
  },
  {
    minutes: { stale: 1440 },
    title: ['No readings', '数据中断'],
    cause: [
      'The device has no power or no network, or it is broken: nothing came for more than three intervals.',
      '设备断电、断网或损坏:超过三个采样周期无数据。',
    ],
    consequence: ['What this sensor watches is not watched.', '该测点所监测对象处于失察状态。'],
    action: [
      'See how many devices fell silent together, then call instrument maintenance.',
      '先看同时中断范围，再通知仪表维护。',
    ],
    steps: [
      [
        'Look whether other devices of the same gateway or area are silent too.',
        '核查同网关或同区域设备是否同时中断。',
      ],
      ['Look at the rejects and the knocks of this device.', '查看该设备的拒收与敲门记录。'],
      ['Watch the neighbours of the sensor closely until it reports again.', '恢复前重点关注相邻测点。'],
      SEND,
    ],
    ...{ suffers: 'none', owner: OWNERS.instruments, source: 'domain 9, quality flags [P]' },
  },
  {
    minutes: { statistical: 480 },
    title: ['Unlike its own past', '偏离自身历史规律'],
    cause: ['The sensor behaves as it did not before.', '测点表现与以往不同。'],
    consequence: ['A fault that no limit sees may be growing.', '可能存在限值未能发现的隐患。'],
    action: ['Decide whether the plant changed or the instrument did.', '判断是设施变化还是仪表变化。'],
    steps: [
      COMPARE,
      ['Look for works, weather or switching that explain it.', '核查施工、天气或操作能否解释。'],
      JUDGE,
    ],
    ...{ suffers: 'service', owner: OWNERS.monitoring, source: 'docs/detector.md [P]' },
  },
  {
    minutes: { group: 480, 'group.group': 480 },
    title: ['Unlike its neighbours', '与相邻测点不一致'],
    cause: ['Sensors that move together no longer do.', '原本同步变化的测点不再同步。'],
    consequence: ['Something local happens that no limit sees, or an instrument is off.', '存在局部异常或仪表失准。'],
    action: ['See which sensor carries the finding and look there first.', '先查看贡献最大的测点。'],
    steps: [
      ['Open the sensors that carry the finding side by side, the first one first.', '并排打开贡献测点，从首位看起。'],
      [
        'Decide whether one instrument is off or the place is: one alone points to the instrument.',
        '判断为单个仪表失准还是现场异常:单点偏离多为仪表。',
      ],
      ['Send a crew to the place or to the instrument.', '派员到现场或检查仪表。'],
      JUDGE,
    ],
    ...{ suffers: 'service', owner: OWNERS.monitoring, source: 'docs/detector.md [P]' },
  },
  {
    minutes: { 'group.swapped': 1440 },
    title: ['Two sensors exchanged', '传感器疑似对调'],
    cause: [
      'Two sensors of one kind each read as the other did, as after maintenance.',
      '两个同类测点各自呈现对方的规律，常见于检修之后。',
    ],
    consequence: ['What either of them tells is told of the wrong place.', '两测点数据均对应错误位置。'],
    action: ['Check the wiring and the addresses of both sensors.', '核查两测点的接线与地址。'],
    steps: [
      ['Look whether somebody worked at either of them at the time that is told.', '核查所述时刻是否有人在两处作业。'],
      ['Open both charts side by side over the last days.', '并排查看两测点近几日曲线。'],
      [
        'Have wiring and addresses exchanged back, or say that it is the new normal.',
        '恢复接线与地址，或给出新常态结论。',
      ],
    ],
    ...{ suffers: 'none', owner: OWNERS.instruments, source: 'docs/scenarios.md [P]' },
  },
  {
    minutes: { 'group.wild-readings': 1440 },
    title: ['Wild readings again and again', '野值频发'],
    cause: ['A loose contact, a damaged cable, or a failing supply.', '接触不良、电缆受损或供电异常。'],
    consequence: [
      'What this sensor watches is not watched well, and limits may speak for nothing.',
      '该测点监测质量下降，可能引起误报。',
    ],
    action: ['Have contact, cable and supply of the sensor checked.', '检查该测点接线、电缆与供电。'],
    steps: [COMPARE, ['Look at its rejects and at the supply of its device.', '查看其拒收记录与设备供电。'], SEND],
    ...{ suffers: 'none', owner: OWNERS.instruments, source: 'docs/scenarios.md [P]' },
  },
  {
    minutes: { physics: 240 },
    title: ['Against the physics of the network', '违背物理规律'],
    cause: ['What is measured does not add up.', '实测值之间不满足物理关系。'],
    consequence: ['Something is lost, blocked or broken, or an instrument is off.', '存在泄漏、堵塞、损坏或仪表失准。'],
    action: ['Read the sentence of the finding and check its first carrier.', '阅读结论并核查首位贡献测点。'],
    steps: [['Open the evidence and the sensors that carry it.', '打开证据及贡献测点。'], COMPARE, TELL],
    ...{ suffers: 'service', owner: OWNERS.monitoring, source: 'domain 1.5, 2.3, 3.4, 4.2' },
  },
];

const learned = (
  test: string,
  suffers: 'service' | 'none',
  title: Pair,
  cause: Pair,
  first: Pair,
  last: Pair = JUDGE,
): Seed => ({
  minutes: { [`statistical.${test}`]: 480 },
  ...{ title, cause, suffers },
  consequence:
    suffers === 'none'
      ? ['What this sensor watches is not watched well.', '该测点监测质量下降。']
      : ['A fault that no limit sees may be growing.', '可能存在限值未能发现的隐患。'],
  action: first,
  steps: [COMPARE, first, last],
  owner: suffers === 'none' ? OWNERS.instruments : OWNERS.monitoring,
  source: 'docs/detector.md [P]',
});

/** What a sensor's own past tells, by test. */
const LEARNED: readonly Seed[] = [
  learned(
    'spike',
    'service',
    ['A single odd value', '孤立尖峰'],
    ['A brief event, or interference on the line.', '短时事件或线路干扰。'],
    [
      'See whether a neighbour saw it too: an event is seen by two, interference by one.',
      '核查相邻测点是否同时出现:两点以上为事件，单点多为干扰。',
    ],
  ),
  learned(
    'step',
    'service',
    ['A sudden step', '突变'],
    ['Switching, a valve, a break, or the instrument was touched.', '操作、阀门动作、破损或仪表被碰动。'],
    ['Find what was switched, opened or worked on at that time.', '核查该时刻的操作、阀门与施工。'],
  ),
  learned(
    'rare-context',
    'service',
    ['Odd for this hour and weather', '与时段、天气不符'],
    ['The value is ordinary, but not at such an hour or in such weather.', '数值本身常见，但与时段或天气不符。'],
    ['Ask for an event, a holiday or works that explain the hour.', '核查节假日、活动或施工能否解释。'],
  ),
  learned(
    'level-shift',
    'service',
    ['A lasting change of level', '水平持续偏移'],
    ['Demand, switching state or the plant itself changed and stays so.', '用量、运行方式或设施状态发生持续变化。'],
    ['Find since when, and what changed on that day.', '查明起始时间及当日变化。'],
  ),
  learned(
    'variance',
    'service',
    ['More or less restless than usual', '波动幅度改变'],
    ['A regulator swings, a pump wears, or the line is disturbed.', '调节振荡、设备磨损或线路干扰。'],
    [
      'See whether the swing has a period: a steady one points to control.',
      '查看波动是否有固定周期:有则多为调节振荡。',
    ],
  ),
  learned(
    'drift',
    'none',
    ['A slow drift', '缓慢漂移'],
    ['The instrument ages or fouls; its neighbours stay.', '仪表老化或污染，相邻测点无变化。'],
    ['Compare with a neighbour or a portable instrument.', '与相邻测点或便携仪表比对。'],
    SEND,
  ),
  learned(
    'stuck',
    'none',
    ['The value is stuck', '数值不变'],
    ['The instrument or its converter hangs: noise is expected and missing.', '仪表或采集卡死:应有的噪声消失。'],
    ['Restart the device from afar where that can be done.', '具备条件时远程重启设备。'],
    SEND,
  ),
  learned(
    'lost-season',
    'service',
    ['The daily course is missing', '日变化规律消失'],
    ['What drives the course was switched off, or the instrument hangs.', '驱动因素停运，或仪表失灵。'],
    ['See whether the neighbours still have their daily course.', '核查相邻测点日变化是否仍在。'],
  ),
];

export const GENERAL_SEEDS: readonly Seed[] = [...RULES, ...LEARNED];
