import type { DeskContext } from './desk-context.js';
import { isPinned, isWorkedOn, type IncidentBook, type Live } from './incident-book.js';
import { diagonalM, extended } from './place.js';
import type { CorrelationRule, Link } from './rules/rule.js';
import { isStronger, RULES } from './rules/rules.js';
import type { RuleName, Subject } from './subject.js';

/** Puts an alarm where the strongest rule wants it, and brings along what that explains. */
export function correlate(
  subject: Subject,
  book: IncidentBook,
  filed: (key: string) => Iterable<Subject>,
  context: DeskContext,
): void {
  if (isSetApart(subject)) return;
  for (const rule of RULES) {
    // Held whole first: what is filed does not move, but incidents do.
    const links = [...rule.links(subject, filed, context)].filter(({ other }) => !isSetApart(other));
    if (links.length === 0) continue;
    if (rule.follows) follow(subject, rule, links, book, context);
    else gather(subject, rule, links, book, context);
  }
}

/**
 * Whether an alarm may be in an incident about `kind` of a lifeline. What is red is never inside another lifeline's, and gas only
 * where it makes the headline.
 */
export function mayBeIn(subject: Subject, kind: RuleName, lifeline: Subject['utility'], context: DeskContext): boolean {
  if (context.isGasLeak(subject) && kind !== 'gas-leak' && kind !== 'asset' && kind !== 'hand') return false;
  return subject.utility === lifeline || !context.isGrave(subject);
}

/** A person took it out of an incident: it is a line of its own until a person puts it somewhere. */
function isSetApart({ joinedBy, incidentId }: Subject): boolean {
  return joinedBy === 'hand' && incidentId === null;
}

/** One asset: the alarm goes where the asset's other alarms are. */
function follow(
  subject: Subject,
  rule: CorrelationRule,
  links: readonly Link[],
  book: IncidentBook,
  context: DeskContext,
): void {
  const own = book.of(subject);
  const fits = (one: Subject, { core }: Live) => mayBeIn(one, core.kind, core.utility, context);
  const joinable = links.filter((link) => {
    const live = book.of(link.other);
    return live && live.core.state === 'open' && fits(subject, live);
  });
  const via = own ? undefined : joinable.toSorted((a, b) => byAge(book.of(a.other)!, book.of(b.other)!))[0];
  const alone = links.filter(({ other }) => book.of(other) === undefined);
  const fresh = own ?? (via && book.of(via.other));
  const free = alone.filter(({ other }) =>
    fresh ? fits(other, fresh) : mayBeIn(other, rule.name, subject.utility, context),
  );
  if (!own && !via && free.length === 0) return;
  const target = fresh ?? book.create([subject, ...free.map(({ other }) => other)], rule.name, links[0]!.utility);
  if (!fresh) target.core.causeAssetId = links[0]!.causeAssetId;
  const link = via ?? free[0];
  if (!own && link) book.put(subject, target, rule.name, link.other.alarmId, link.whySelf());
  for (const { other, whyOther } of free) book.put(other, target, rule.name, subject.alarmId, whyOther());
}

/** One cause: alarms that are alone or held by a weaker rule come together, and incidents of the same cause are merged. */
function gather(
  subject: Subject,
  rule: CorrelationRule,
  links: readonly Link[],
  book: IncidentBook,
  context: DeskContext,
): void {
  const own = book.of(subject);
  const isOwnKind = own?.core.kind === rule.name && subject.joinedBy === rule.name;
  if (own && !isOwnKind && !isStronger(rule.name, subject.joinedBy!)) return;
  const anchors = new Set<Live>(isOwnKind ? [own] : []);
  const pulled = new Map<Subject, Link>();
  const used: Link[] = [];
  const room = roomFor(subject, rule, isOwnKind ? own : undefined, context);
  for (const link of links) {
    const { other, utility } = link;
    if (!mayBeIn(subject, rule.name, utility, context) || !mayBeIn(other, rule.name, utility, context)) continue;
    const theirs = book.of(other);
    if (isOwnKind && !sameCause(own, link, context)) continue;
    if (theirs && theirs.core.kind === rule.name) {
      if (!anchors.has(theirs) && !(sameCause(theirs, link, context) && room(theirs))) continue;
      anchors.add(theirs);
    } else if (!theirs || isStronger(rule.name, other.joinedBy!)) {
      if (!room(other)) continue;
      pulled.set(other, link);
    } else continue;
    used.push(link);
  }
  if (used.length === 0) return;
  const target =
    [...anchors].sort((a, b) => claimOf(a) - claimOf(b) || byAge(a, b))[0] ??
    coveredBy(pulled, book) ??
    book.create([subject, ...pulled.keys()], rule.name, used[0]!.utility);
  book.touch(target);
  if (target.core.kind !== rule.name)
    Object.assign(target.core, { kind: rule.name, utility: used[0]!.utility, causeAssetId: null });
  for (const { causeAssetId, utility } of used) raiseCause(target, causeAssetId, utility, context);
  for (const anchor of anchors)
    if (anchor !== target && !isPinned(anchor) && anchor.core.conclusion === null) book.merge(anchor, target);
  const link = used.find(({ other }) => !pulled.has(other)) ?? used[0]!;
  if (!isOwnKind) move(subject, target, rule, link.other, link.whySelf, book, context);
  for (const [other, { whyOther }] of pulled) move(other, target, rule, subject, whyOther, book, context);
}

/** Which of several incidents of one cause goes on, the least first: what people work on, and last what they closed. */
function claimOf(live: Live): number {
  if (live.core.conclusion !== null) return 3;
  return isPinned(live) ? 0 : isWorkedOn(live) ? 1 : 2;
}

/** What joined because it is on the same asset comes along. */
function move(
  subject: Subject,
  target: Live,
  rule: CorrelationRule,
  to: Subject,
  why: Link['whySelf'],
  book: IncidentBook,
  context: DeskContext,
): void {
  const before = book.of(subject);
  const { kind, utility } = target.core;
  const along =
    before && before !== target
      ? [...before.tally.members].filter(
          (one) =>
            one !== subject &&
            one.joinedBy === 'asset' &&
            one.assetId === subject.assetId &&
            mayBeIn(one, kind, utility, context),
        )
      : [];
  book.put(subject, target, rule.name, to.alarmId, why());
  for (const one of along) book.put(one, target, 'asset', one.joinedTo!, one.why!);
}

/** A leak is never wider than it may be, so that a second one has a line of its own. */
function roomFor(
  subject: Subject,
  rule: CorrelationRule,
  own: Live | undefined,
  { options }: DeskContext,
): (of: Live | Subject) => boolean {
  if (rule.name !== 'gas-leak') return () => true;
  let extent = own?.tally.extent() ?? null;
  if (subject.position) extent = extended(extent, subject.position);
  return (of) => {
    const more = 'core' in of ? of.tally.extent() : of.position && extended(null, of.position);
    if (!more) return true;
    const [lon, lat, east, north] = more;
    const both = extended(extended(extent, { lon, lat }), { lon: east, lat: north });
    if (diagonalM(both) > options.leakMostExtentM) return false;
    extent = both;
    return true;
  };
}

/** One may be under the other: a feeder and its substation. */
function sameCause({ core }: Live, { causeAssetId, utility }: Link, { graph }: DeskContext): boolean {
  if (core.utility !== utility) return false;
  const mine = core.causeAssetId;
  if (mine === null || causeAssetId === null || mine === causeAssetId) return true;
  return graph.above(mine).includes(causeAssetId) || graph.above(causeAssetId).includes(mine);
}

function raiseCause(
  { core }: Live,
  causeAssetId: string | null,
  utility: Link['utility'],
  { graph }: DeskContext,
): void {
  if (causeAssetId === null) return;
  if (core.causeAssetId !== null && !graph.above(core.causeAssetId).includes(causeAssetId)) return;
  core.causeAssetId = causeAssetId;
  core.utility = utility;
}

/** The oldest incident whose alarms all go: it keeps its name and tells the new cause. */
function coveredBy(pulled: ReadonlyMap<Subject, Link>, book: IncidentBook): Live | undefined {
  const counts = new Map<Live, number>();
  for (const subject of pulled.keys()) {
    const live = book.of(subject);
    if (live) counts.set(live, (counts.get(live) ?? 0) + 1);
  }
  const whole = [...counts].flatMap(([live, count]) =>
    count === live.tally.members.size && live.core.folded === 0 && !isPinned(live) && live.core.conclusion === null
      ? [live]
      : [],
  );
  return whole.sort((a, b) => claimOf(a) - claimOf(b) || byAge(a, b))[0];
}

function byAge(a: Live, b: Live): number {
  const [first, second] = [a.tally.first(), b.tally.first()];
  return first.raisedAtMs - second.raisedAtMs || (a.core.incidentId < b.core.incidentId ? -1 : 1);
}
