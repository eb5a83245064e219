import type { DutyContent, DutyHours, Utility } from '@lifeline/contracts';

/**
 * The duty roster of the simulated city: for each lifeline a day and a night shift of its control of works, crews of districts, and
 * the city's emergency desk. Nobody has these numbers: no area code begins with 000.
 */

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const ALWAYS: DutyHours = { kind: 'always' };
const daily = (from: string, to: string): DutyHours => ({ kind: 'weekly', spans: [{ days: EVERY_DAY, from, to }] });
/** Nights, and the whole of the weekend. */
const OFF_HOURS: DutyHours = {
  kind: 'weekly',
  spans: [
    { days: [1, 2, 3, 4, 5], from: '18:00', to: '08:00' },
    { days: [6, 7], from: '00:00', to: '00:00' },
  ],
};
const OFFICE_HOURS: DutyHours = { kind: 'weekly', spans: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }] };

/** Districts by how crews share them: the seat, the east, the west. */
const SEAT = ['Langya', 'Nanqiao'];
const EAST = ["Lai'an", 'Tianchang', 'Quanjiao'];
const WEST = ['Mingguang', 'Dingyuan', 'Fengyang'];

type Words = DutyContent['name'];
const words = (en: string, zh: string): Words => ({ en, zh });

interface Crew {
  readonly name: Words;
  readonly can: Words;
  readonly hours: DutyHours;
  readonly districts?: readonly string[];
  readonly turn?: number;
}

const LEAKS = words('Leak search, valve closing, mains repair', '查漏、关阀、管道抢修');
const LINES = words('Lines and cables, switching, mobile generators', '线路电缆抢修、倒闸、应急发电');
const SPANS = words('Inspection on the bridge, traffic closing', '现场检查、交通管制');
const PUMPS = words('Mobile pumps, manholes, sewer clearing', '移动泵车、检查井处置、清淤');

const CREWS: Readonly<Record<Utility, readonly Crew[]>> = {
  gas: [
    { name: words('Gas emergency crew, seat', '燃气抢险一队（城区）'), can: LEAKS, districts: SEAT, hours: ALWAYS },
    { name: words('Gas emergency crew, east', '燃气抢险二队（东片）'), can: LEAKS, districts: EAST, hours: ALWAYS },
    { name: words('Gas emergency crew, west', '燃气抢险三队（西片）'), can: LEAKS, districts: WEST, hours: ALWAYS },
    {
      name: words('Gas dispatcher', '燃气调度值班'),
      can: words('Pressure and supply of the whole network', '全网压力与供气调度'),
      hours: ALWAYS,
      turn: 2,
    },
  ],
  power: [
    { name: words('Power repair crew, day', '供电抢修日班'), can: LINES, hours: daily('08:00', '20:00') },
    { name: words('Power repair crew, night', '供电抢修夜班'), can: LINES, hours: daily('20:00', '08:00') },
    {
      name: words('Substation engineer on duty', '变电运维值班'),
      can: words('Transformers, protection, relays', '变压器、继电保护'),
      hours: ALWAYS,
      turn: 2,
    },
  ],
  bridge: [
    {
      name: words('Bridge inspection post', '桥梁巡检岗'),
      can: SPANS,
      hours: OFFICE_HOURS,
    },
    { name: words('Bridge engineer on call', '桥梁工程师（备勤）'), can: SPANS, hours: OFF_HOURS },
    {
      name: words('Road closing crew', '交通封控组'),
      can: words('Signs, barriers, diversion', '标志、围挡、绕行'),
      hours: ALWAYS,
      turn: 2,
    },
  ],
  drainage: [
    { name: words('Drainage crew, seat', '排水抢险一队（城区）'), can: PUMPS, districts: SEAT, hours: ALWAYS },
    {
      name: words('Drainage crew, counties', '排水抢险二队（县市）'),
      can: PUMPS,
      districts: [...EAST, ...WEST],
      hours: daily('06:00', '22:00'),
    },
    {
      name: words('Flood control post', '防汛值班室'),
      can: words('Calls in pumps and crews of the districts', '调集各区泵车与队伍'),
      hours: ALWAYS,
      turn: 2,
    },
  ],
};

/** The roster's entries, in the order in which they are put on it. */
export function dutyRoster(): DutyContent[] {
  const crews = (Object.entries(CREWS) as [Utility, readonly Crew[]][]).flatMap(([utility, list]) =>
    list.map((crew): Omit<DutyContent, 'phone'> => ({
      ...{ name: crew.name, can: crew.can, hours: crew.hours, utility },
      ...{ districts: [...(crew.districts ?? [])], turn: crew.turn ?? 1 },
    })),
  );
  const desk: Omit<DutyContent, 'phone'> = {
    name: words('City emergency desk', '市应急值班室'),
    can: words('Brings in other utilities, fire brigade, police', '协调各单位、消防、公安'),
    ...{ utility: 'all', districts: [], hours: ALWAYS, turn: 3 },
  };
  return [...crews, desk].map((entry, at) => ({ ...entry, phone: `000-5550-${String(101 + at).padStart(4, '0')}` }));
}
