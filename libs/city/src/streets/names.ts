import type { Random } from '../random.js';

export interface StreetName {
  readonly name: string;
  readonly nameZh: string;
}

/** First parts of street names: places, virtues and sights as towns of the region use them. The streets themselves are made up. */
const STEMS: readonly (readonly [string, string])[] = [
  ['Langya', '琅琊'],
  ['Qingliu', '清流'],
  ['Nanqiao', '南谯'],
  ['Zuiweng', '醉翁'],
  ['Huifeng', '会峰'],
  ['Fengle', '丰乐'],
  ['Longpan', '龙蟠'],
  ['Yuxiu', '毓秀'],
  ['Huashan', '花山'],
  ['Xijian', '西涧'],
  ['Yangming', '阳明'],
  ['Wenchang', '文昌'],
  ['Chuzhou', '滁州'],
  ['Tongle', '同乐'],
  ['Baiyun', '白云'],
  ['Jinling', '金陵'],
  ['Huangshan', '黄山'],
  ['Jiuhua', '九华'],
  ['Tianzhu', '天柱'],
  ['Fengyi', '凤仪'],
  ['Minghu', '明湖'],
  ['Shangshui', '上水'],
  ['Heping', '和平'],
  ['Renmin', '人民'],
  ['Jianshe', '建设'],
  ['Xinhua', '新华'],
  ['Guangming', '光明'],
  ['Shuguang', '曙光'],
  ['Yingbin', '迎宾'],
  ['Zhanqian', '站前'],
  ['Lianhua', '莲花'],
  ['Meihua', '梅花'],
  ['Guihua', '桂花'],
  ['Zhuyuan', '竹园'],
  ['Songlin', '松林'],
  ['Liuyin', '柳荫'],
  ['Taoyuan', '桃源'],
  ['Yinxing', '银杏'],
  ['Haitang', '海棠'],
  ['Ziwei', '紫薇'],
  ['Chengnan', '城南'],
  ['Chengbei', '城北'],
  ['Dongpo', '东坡'],
  ['Ouyang', '欧阳'],
  ['Weiyingwu', '韦应物'],
  ['Xuefu', '学府'],
  ['Keji', '科技'],
  ['Chuangxin', '创新'],
  ['Gongye', '工业'],
  ['Hubin', '湖滨'],
  ['Binhe', '滨河'],
  ['Changjiang', '长江'],
  ['Huaihe', '淮河'],
  ['Taihu', '太湖'],
  ['Qingshan', '青山'],
  ['Lvyuan', '绿园'],
  ['Fuxing', '复兴'],
  ['Chaoyang', '朝阳'],
  ['Yongle', '永乐'],
  ['Anding', '安定'],
];

const STREET_KINDS: readonly (readonly [string, string])[] = [
  ['Road', '路'],
  ['North Road', '北路'],
  ['South Road', '南路'],
  ['East Road', '东路'],
  ['West Road', '西路'],
  ['Street', '街'],
  ['Lane', '巷'],
];

/** Gives out street names, each once in a town; when all are used, with a number. */
export class StreetNames {
  private readonly avenues: StreetName[];
  private readonly streets: StreetName[];
  private givenAvenues = 0;
  private givenStreets = 0;

  constructor(random: Random) {
    this.avenues = STEMS.map(([en, zh]) => ({ name: `${en} Avenue`, nameZh: `${zh}大道` }));
    const stems = shuffled(STEMS, random);
    this.streets = STREET_KINDS.flatMap(([kind, kindZh]) =>
      stems.map(([en, zh]) => ({ name: `${en} ${kind}`, nameZh: `${zh}${kindZh}` })),
    );
  }

  avenue(): StreetName {
    return numbered(this.avenues, this.givenAvenues++);
  }

  street(): StreetName {
    return numbered(this.streets, this.givenStreets++);
  }
}

function numbered(names: readonly StreetName[], given: number): StreetName {
  const name = names[given % names.length]!;
  const round = Math.floor(given / names.length);
  return round === 0 ? name : { name: `${name.name} ${round + 1}`, nameZh: `${name.nameZh}${round + 1}号` };
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = random.index(i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
