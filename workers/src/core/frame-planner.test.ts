import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeFrameMemory } from '#core/frame-memory';
import { type PlanInput, planPosts } from '#core/frame-planner';
import { makePostBudget } from '#core/post-budget';

type Told = { readonly topic: string; readonly id: string; readonly rev: number };
const frame = (topic: string, rev: number, id = topic): Told => ({ topic, id, rev });
const plan = (input: Partial<PlanInput<Told>> & Pick<PlanInput<Told>, 'frames' | 'listeners'>) =>
  planPosts({ dueMs: () => 0, revAt: () => undefined, room: 100, ...input });
const office = new Map([['staff/orders', ['s1', 's2']]]);

describe('[H4] the plan of a batch of frames', () => {
  it('tells the highest rev of an entity, wherever it stands', () => {
    const posts = plan({
      frames: [frame('order/1', 2), frame('order/1', 4), frame('order/1', 3)],
      listeners: new Map([['order/1', ['c1']]]),
    });
    expect(posts).toMatchObject([{ connectionId: 'c1', kind: 'change', frames: [{ rev: 4 }] }]);
  });

  it('folds what is over the budget into one refetch for each connection and topic', () => {
    const frames = [frame('staff/orders', 1, 'a'), frame('staff/orders', 1, 'b'), frame('order/a', 1, 'a')];
    const listeners = new Map([...office, ['order/a', ['c1']]]);
    expect(plan({ frames, listeners, room: 5 }).map(({ kind }) => kind)).toEqual(Array(5).fill('change'));
    expect(plan({ frames, listeners, room: 4 })).toMatchObject([
      { connectionId: 's1', topic: 'staff/orders', kind: 'refetch', frames: [{ id: 'a' }, { id: 'b' }] },
      { connectionId: 's2', topic: 'staff/orders', kind: 'refetch' },
      { connectionId: 'c1', topic: 'order/a', kind: 'change' },
    ]);
  });

  it('lets a topic that was told a moment ago wait for its time, behind everything that is due', () => {
    const memory = makeFrameMemory();
    memory.told('catalogue', 5000);
    memory.told('product/assam', 5000);
    memory.told('order/1', 5000);
    const topics = ['catalogue', 'product/assam', 'order/1', 'product/oolong'];
    const posts = plan({
      frames: topics.map((topic) => frame(topic, 1)),
      listeners: new Map(topics.map((topic) => [topic, ['c1']])),
      dueMs: memory.dueMs,
    });
    expect(posts.map(({ topic, notBeforeMs }) => [topic, notBeforeMs])).toEqual([
      ['order/1', 0],
      ['product/oolong', 0],
      ['product/assam', 5500],
      ['catalogue', 6000],
    ]);
  });

  it('tells nobody twice in a second try, and begins with those who got least', () => {
    const got: Readonly<Record<string, number>> = { c1: 3, c2: 2 };
    const posts = plan({
      frames: [frame('product/assam', 3)],
      listeners: new Map([['product/assam', ['c1', 'c2', 'c3']]]),
      revAt: (_topic, _id, connectionId) => got[connectionId],
    });
    expect(posts.map(({ connectionId }) => connectionId)).toEqual(['c3', 'c2']);
  });
});

const topics = ['catalogue', 'product/assam', 'order/1', 'staff/orders'] as const;
const world = fc.record({
  perSecond: fc.integer({ min: 1, max: 12 }),
  /** Who has taken what. */
  takers: fc.tuple(...topics.map(() => fc.subarray(['c1', 'c2', 'c3', 'c4', 'c5']))),
  /** Batches: a pause, then changes of entities. Revs rise by their place. */
  batches: fc.array(
    fc.record({
      pauseMs: fc.integer({ min: 0, max: 1500 }),
      /** How long an invocation may work: short ones leave the rest for a second try. */
      worksMs: fc.integer({ min: 50, max: 4000 }),
      changed: fc.array(fc.tuple(fc.constantFrom(...topics), fc.constantFrom('a', 'b', 'c')), { maxLength: 12 }),
    }),
    { maxLength: 12 },
  ),
});
type Post = { readonly atMs: number; readonly to: string; readonly topic: string; readonly frames: readonly Told[] };

/** The stream, the plan, the budget and the memory on one clock; what is left of a batch is read again, with what came since. */
const run = ({ perSecond, takers, batches }: typeof world extends fc.Arbitrary<infer World> ? World : never) => {
  const listeners = new Map(topics.map((topic, index) => [topic as string, takers[index] ?? []]));
  const budget = makePostBudget(perSecond);
  const memory = makeFrameMemory();
  const sent: Post[] = [];
  const latest = new Map<string, Told>();
  let left: readonly Told[] = [];
  let nowMs = 0;
  let rev = 0;
  const work = (changes: readonly Told[], deadlineMs: number): void => {
    const frames = [...left, ...changes];
    left = [];
    const posts = planPosts({ frames, listeners, dueMs: memory.dueMs, revAt: memory.revAt, room: budget.room(nowMs) });
    for (const post of posts) {
      const startsMs = Math.max(post.notBeforeMs, budget.nextMs(nowMs));
      if (startsMs >= deadlineMs) {
        left = frames;
        continue;
      }
      nowMs = Math.max(nowMs, post.notBeforeMs);
      nowMs = budget.reserve(nowMs);
      sent.push({ atMs: nowMs, to: post.connectionId, topic: post.topic, frames: post.frames });
      memory.told(post.topic, nowMs);
      for (const told of post.frames) memory.reached(post.topic, told.id, post.connectionId, told.rev);
    }
    if (left.length === 0) memory.finished(nowMs);
  };
  for (const { pauseMs, worksMs, changed } of batches) {
    nowMs += pauseMs;
    const changes = changed.map(([topic, entity]) => {
      rev += 1;
      const told = frame(topic, rev, topic.startsWith('staff') ? entity : topic);
      latest.set(`${told.topic} ${told.id}`, told);
      return told;
    });
    work(changes, nowMs + worksMs);
  }
  for (let tries = 0; left.length > 0 && tries < 200; tries += 1) work([], nowMs + 4000);
  return { sent, latest, listeners, left };
};

describe('[H4] frames over time', () => {
  it('never go over the budget, nor a topic over its own rate, and every last state arrives', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { sent, latest, listeners, left } = run(given);
        expect(left).toEqual([]);
        for (const { atMs } of sent) {
          const second = sent.filter((each) => each.atMs >= atMs && each.atMs < atMs + 1000);
          expect(second.length).toBeLessThanOrEqual(given.perSecond);
          for (const to of ['c1', 'c2', 'c3', 'c4', 'c5']) {
            const got = (topic: string) => second.filter((each) => each.to === to && each.topic === topic).length;
            expect(got('catalogue')).toBeLessThanOrEqual(1);
            expect(got('product/assam')).toBeLessThanOrEqual(2);
          }
        }
        for (const { topic, id, rev } of latest.values())
          for (const to of listeners.get(topic) ?? []) {
            const revs = sent
              .filter((each) => each.to === to && each.topic === topic)
              .flatMap(({ frames }) => frames.filter((each) => each.id === id).map((each) => each.rev));
            expect(revs.at(-1)).toBe(rev);
            expect(revs).toEqual([...new Set(revs)].toSorted((left, right) => left - right));
          }
      }),
      { numRuns: 400 },
    );
  });
});
