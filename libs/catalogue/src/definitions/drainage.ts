import { OWNERS } from './owners.js';
import type { Pair, Seed } from './seed.js';

const RAIN: Pair = ['Look at rain, river and the manholes up and down the pipe.', '查看雨量、河道及上下游井水位。'];
const PUMPS: Pair = ['See that all duty pumps run, then start the standby pump.', '确认工作泵全开，再启备用泵。'];
const CREW: Pair = ['Send a crew with pumps and barriers.', '派抢险队携泵车与围挡到场。'];
const CLOSE: Pair = ['Close the way at 25 to 27 cm, with people at both entrances.', '25–27 cm封路，两端专人值守。'];
const CUT: Pair = [
  'Cut the power of lamps and cabinets in the water at 40 cm, and look for people.',
  '40 cm切断涉水电源，搜救被困人员。',
];
const REPORT: Pair = ['Tell the flood control office and traffic police.', '通报防汛办与交警。'];
const CLEAR: Pair = ['Have screen, gully and pipe cleared.', '清捞格栅、雨水口与管道。'];
const NO_ENTRY: Pair = ['Nobody goes down; who is down comes up at once.', '禁止下井，井下人员立即撤出。'];
const VENT: Pair = ['Open two covers and ventilate by force.', '开启相邻井盖强制通风。'];
const MEASURE: Pair = ['Measure O2, H2S and methane again before anybody enters.', '下井前复测氧气、硫化氢与甲烷。'];

const FLOODS: Pair = [
  'Road or underpass floods; cars stall at 25 to 30 cm and people may drown.',
  '道路或下穿积水，25–30 cm车辆熄火，危及生命。',
];
const SPILLS: Pair = ['The pipe spills onto the street.', '管道冒溢至路面。'];

export const DRAINAGE_SEEDS: readonly Seed[] = [
  {
    minutes: {
      'POND.limit.high': 60,
      'POND.limit.high-high': 30,
      'POND.rate.rate': 60,
      'physics.ponding-forecast': 60,
    },
    title: ['Water on the road', '道路积水'],
    cause: ['Rain beyond the pipes, a blocked gully, or pumps that stand.', '降雨超标、雨水口堵塞或泵站停运。'],
    consequence: FLOODS,
    action: ['Have the place manned before 15 cm, closed before 27 cm.', '15 cm到岗，27 cm前封闭。'],
    steps: [
      RAIN,
      PUMPS,
      CREW,
      ['Guide traffic around at 15 cm, one lane.', '15 cm引导绕行、封一车道。'],
      CLOSE,
      CUT,
      REPORT,
    ],
    ...{ reAlarmMinutes: 30, noShelf: true },
    ...{ suffers: 'people', owner: OWNERS.flood, source: 'domain 4.1 [M], [S19], [P]' },
  },
  {
    minutes: { 'LVL_SP.limit.high': 30, 'LVL_SP.limit.high-high': 15, 'physics.pump-fault': 30 },
    title: ['Sump high, or a pump fails', '集水池水位高或水泵故障'],
    cause: [
      'A pump that tripped or sucks air, a blocked screen, or more inflow than pumps.',
      '水泵跳闸、吸气，格栅堵塞或来水超过排量。',
    ],
    consequence: FLOODS,
    action: ['Start the standby pump and send a crew.', '启动备用泵并派员到场。'],
    steps: [
      PUMPS,
      ['Check power and protection of the pump that stands.', '检查停运泵电源与保护。'],
      ['Clear the screen.', '清理格栅。'],
      RAIN,
      CREW,
      ['Have underpasses that drain here manned.', '相关下穿立交派人值守。'],
    ],
    reAlarmMinutes: 30,
    ...{ suffers: 'service', owner: OWNERS.drainage, source: 'domain 4.1 [P]' },
  },
  {
    minutes: { 'LVL_SP.limit.low': 120, 'LVL_SP.limit.low-low': 30 },
    title: ['Sump low', '集水池水位低'],
    cause: ['A pump does not stop, or the level meter is off.', '水泵未停或液位计失准。'],
    consequence: ['The pump runs dry and is damaged.', '水泵干转损坏。'],
    action: ['Stop the pump.', '停泵。'],
    steps: [
      ['Stop the pump from afar.', '远程停泵。'],
      ['Compare the level meter with a second one or the staff gauge.', '与备用液位计或水尺核对。'],
      ['Have the float switch checked.', '检查浮球开关。'],
    ],
    ...{ suffers: 'asset', owner: OWNERS.drainage, source: 'domain 4.1 [P]' },
  },
  {
    minutes: { 'physics.pump-wear': 2880 },
    title: ['Pump delivers less', '水泵出力下降'],
    cause: ['Wear, air, or a pipe that is half blocked.', '磨损、进气或出水管半堵。'],
    consequence: ['The station cannot hold its level in the next heavy rain.', '下次强降雨时泵站能力不足。'],
    action: ['Have the pump looked at before the next rain.', '下次降雨前检修。'],
    steps: [
      ['Compare it with its sisters at the same level.', '与同站其他泵同水位下对比。'],
      ['Check current, valve and flap.', '检查电流、阀门与拍门。'],
      ['Write the repair order, and change the order of starting.', '下达检修单并调整启泵顺序。'],
    ],
    ...{ suffers: 'service', owner: OWNERS.drainage, source: 'domain 4.1 [P]' },
  },
  {
    minutes: { 'physics.sump-stuck': 480 },
    title: ['Sump level stands still', '集水池水位停滞'],
    cause: ['The level meter hangs, or neither inflow nor pumps move the level.', '液位计卡滞，或无来水且水泵未运行。'],
    consequence: [
      'Pumps that follow this level start too late or not at all.',
      '依此水位控制的水泵可能不启动或启动过迟。',
    ],
    action: ['Compare the level with a second meter, and have this one checked.', '与备用液位计核对并检修。'],
    steps: [
      ['See whether the pumps of the station draw current.', '查看该站水泵电流。'],
      ['Compare the level with a second meter or the staff gauge.', '与备用液位计或水尺核对。'],
      ['Clean or set the meter anew; run the pumps by hand until then.', '清洗或重新标定液位计，其间手动控制水泵。'],
    ],
    ...{ suffers: 'service', owner: OWNERS.drainage, source: 'domain 4.1 [P]' },
  },
  {
    minutes: { 'LVL_MH.limit.low': 30, 'LVL_MH.limit.low-low': 15, 'LVL_MH.rate.rate': 30, 'physics.surcharge': 30 },
    title: ['Manhole nearly full', '检查井水位高'],
    cause: ['Rain beyond the pipe, or it cannot flow off.', '降雨超过管道能力或下游顶托。'],
    consequence: SPILLS,
    action: ['Look at the pumps below and send a crew.', '查看下游泵站并派员。'],
    steps: [
      RAIN,
      PUMPS,
      ['Level 2 is 0.5 m, level 1 0.1 m under the cover.', '距井盖0.5 m二级，0.1 m一级。'],
      ['Have the cover fenced off: it may lift.', '井盖周边设置围挡，防止顶开。'],
      CREW,
    ],
    reAlarmMinutes: 60,
    ...{ suffers: 'service', owner: OWNERS.drainage, source: 'domain 4.1 [P]' },
  },
  {
    minutes: { 'physics.blockage': 60, 'physics.backflow': 60 },
    title: ['Pipe blocked, or the river flows back', '管道堵塞或河水倒灌'],
    cause: [
      'Grease, roots or rubbish in the pipe, or a flap that does not close.',
      '油脂、树根、杂物堵塞或拍门关闭不严。',
    ],
    consequence: SPILLS,
    action: ['Send the cleaning crew to the stretch on the map.', '派疏通队至地图所示管段。'],
    steps: [
      RAIN,
      ['Blocked: high here and low below. Backflow: it follows the river.', '堵塞:本井高下游低；倒灌:随河水位变化。'],
      CLEAR,
      ['Close the gate or the flap where the river is higher.', '河水位高时关闭闸门或拍门。'],
      ['See the level fall, else call for a camera.', '确认水位回落，否则安排管道检测。'],
    ],
    ...{ suffers: 'service', owner: OWNERS.drainage, source: 'domain 4.1 [P]' },
  },
  {
    minutes: { 'LVL_RV.limit.high': 60, 'LVL_RV.limit.high-high': 30, 'physics.river-forecast': 60 },
    title: ['River high', '河道水位高'],
    cause: ['Rain upstream, or gates that are closed below.', '上游来水或下游关闸。'],
    consequence: [
      'Outfalls are drowned, water comes back into the streets; dikes are in danger.',
      '排口顶托倒灌，堤防受威胁。',
    ],
    action: ['Tell the flood control office, and close the outfall gates.', '通报防汛办，关闭排口闸门。'],
    steps: [
      RAIN,
      ['Compare with the warning and the guarantee level of the station.', '对照警戒水位与保证水位。'],
      ['Close outfall gates, and start the pumps behind them.', '关闭排口闸门并开泵强排。'],
      ['Have the dike walked.', '组织巡堤查险。'],
      REPORT,
    ],
    ...{ reAlarmMinutes: 60, suffers: 'people', owner: OWNERS.flood, source: 'domain 4.1, 5.3 [P]' },
  },
  {
    minutes: { 'H2S.limit.high': 60, 'H2S.limit.high-high': 30 },
    title: ['Hydrogen sulfide', '硫化氢超标'],
    cause: ['Sludge that rots in standing water, or waste of a factory.', '积水污泥厌氧或工业废水排入。'],
    consequence: ['Whoever goes down may lose consciousness and die.', '下井人员可能中毒死亡。'],
    action: ['Let nobody down, and ventilate.', '禁止下井并通风。'],
    steps: [
      NO_ENTRY,
      ['10 mg/m3 is the most anybody may breathe.', '最高容许浓度10 mg/m3。'],
      VENT,
      MEASURE,
      ['Look for who lets waste in upstream.', '追查上游排放。'],
    ],
    ...{ reAlarmMinutes: 60, noShelf: true },
    ...{ suffers: 'people', owner: OWNERS.drainage, source: 'domain 4.3 [S22]' },
  },
  {
    minutes: { 'O2.limit.low': 60, 'O2.limit.low-low': 30, 'O2.limit.high': 60 },
    title: ['Oxygen off', '氧含量异常'],
    cause: ['Other gases push the air out, or oxygen leaks in.', '其他气体置换或氧气泄漏。'],
    consequence: ['Too little: people faint. Too much: everything burns.', '缺氧窒息；富氧易燃。'],
    action: ['Let nobody down, and ventilate.', '禁止下井并通风。'],
    steps: [
      NO_ENTRY,
      ['Under 19.5 %vol is a lack, over 23.5 %vol is enriched.', '<19.5 %vol缺氧,>23.5 %vol富氧。'],
      VENT,
      MEASURE,
    ],
    ...{ reAlarmMinutes: 60, noShelf: true },
    ...{ suffers: 'people', owner: OWNERS.drainage, source: 'domain 4.3 [S22], [M]' },
  },
];
