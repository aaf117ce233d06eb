/** The profiles: how long, how hard against what capacity, and what breaks meanwhile. Plain data; k6 and the runner read it. */
export const profileNames = [
  'smoke',
  'average',
  'overload-1.2x',
  'overload-5x',
  'overload-10x',
  'held-back',
  'sale',
  'spike',
  'capacity-step',
  'soak',
  'hundred-thousand',
  'rough',
  'demo',
  'comparison',
  'comparison-short',
] as const;
export type ProfileName = (typeof profileNames)[number];

/** A step offers `load` times what the starved table can take, for `seconds`. A ramp begins at the load before it. */
type Step = {
  readonly name: string;
  readonly seconds: number;
  readonly load: number;
  readonly ramp?: true;
  /** From here on the table has this share of its capacity. */
  readonly capacityShare?: number;
  /** The trouble is over: from here on the backlog must go without help. */
  readonly recovers?: true;
};

type Faults = Readonly<Record<'dynamodb' | 'sqs', Readonly<Record<string, number>>>>;

/** Faults that no shopper may notice at all: the accept path stays free of 5xx. The design asks for 5 % duplicates. */
const behindTheQueue: Faults = { dynamodb: {}, sqs: { duplicateShare: 0.06, reorderShare: 0.06 } };
/**
 * The same, calls that the database refuses, cancels as overlapping or commits without an answer, and sends that fail or
 * whose answer is lost: shoppers try again with the same key.
 */
const everywhere: Faults = {
  dynamodb: { errorShare: 0.005, conflictShare: 0.01, replyLostShare: 0.01 },
  sqs: { ...behindTheQueue.sqs, sendErrorShare: 0.01, replyLostShare: 0.01 },
};

export type Profile = {
  readonly says: string;
  readonly steps: readonly Step[];
  /** WCU/s of each table. Low, so that the capacity binds and not the machine (facts: 50 to 200 WCU/s on two cores). */
  readonly capacity: number;
  /** What the gates do wrong meanwhile (contract, section 5, PUT /faults); undefined: nothing. */
  readonly faults: Faults | undefined;
  /** Parts that are killed, and when. */
  readonly kills: readonly { readonly atSecond: number; readonly part: 'workers' | 'database' | 'queue' }[];
  /** The drains take nothing from the one second to the other. */
  readonly pause?: { readonly fromSecond: number; readonly toSecond: number };
  /** Longest wait for the drain, seconds. A killed worker's messages stay hidden for 90 s. */
  readonly drainSecondsMax: number;
  /** Whether the bars of a backlog (capacity used, throttled share, drain) are asked. */
  readonly backlog: boolean;
};

const calm = { faults: undefined, kills: [], drainSecondsMax: 120, backlog: false } as const;
/** Ten times of it is 30 orders or 120 basket ops a second, which two cores bear beside everything else of the cloud. */
const overloadCapacity = 12;
const overload = (load: number): Profile => ({
  says: `${load} times what the table can take, with 6 % duplicates and reordering`,
  steps: [
    { name: 'unloaded', seconds: 20, load: 0.3 },
    { name: `overload ${load}x`, seconds: 60, load },
  ],
  capacity: overloadCapacity,
  faults: behindTheQueue,
  kills: [],
  drainSecondsMax: 900,
  backlog: true,
});

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  smoke: {
    ...calm,
    says: 'half a minute at half of the capacity',
    steps: [{ name: 'smoke', seconds: 30, load: 0.5 }],
    capacity: 20,
  },
  average: {
    ...calm,
    says: 'two minutes of an ordinary day',
    steps: [
      { name: 'rise', seconds: 20, load: 0.6, ramp: true },
      { name: 'average', seconds: 100, load: 0.6 },
    ],
    capacity: 20,
  },
  'overload-1.2x': overload(1.2),
  'overload-5x': overload(5),
  'overload-10x': { ...overload(10), kills: [{ atSecond: 50, part: 'workers' }] },
  'held-back': {
    says: 'the drains are paused for a minute of load and then work it off: the drain alone, without the generator beside it',
    steps: [{ name: 'held back', seconds: 62, load: 1.2 }],
    capacity: 50,
    faults: behindTheQueue,
    kills: [],
    pause: { fromSecond: 0, toSecond: 60 },
    drainSecondsMax: 900,
    backlog: true,
  },
  sale: {
    says: 'almost three minutes of 2.5 times what the table can take: of a flash sale these are 10,000 orders',
    steps: [{ name: 'sale', seconds: 160, load: 2.5 }],
    capacity: 50,
    faults: behindTheQueue,
    kills: [],
    drainSecondsMax: 900,
    backlog: true,
  },
  spike: {
    says: 'an ordinary day, twenty seconds of eight times the capacity, an ordinary day again',
    steps: [
      { name: 'before', seconds: 30, load: 0.4 },
      { name: 'spike', seconds: 20, load: 8 },
      { name: 'after', seconds: 60, load: 0.4, recovers: true },
    ],
    capacity: overloadCapacity,
    faults: behindTheQueue,
    kills: [],
    drainSecondsMax: 900,
    backlog: true,
  },
  'capacity-step': {
    says: 'the table loses half of its capacity for half a minute and gets it back',
    steps: [
      { name: 'whole', seconds: 30, load: 0.8 },
      { name: 'halved', seconds: 30, load: 0.8, capacityShare: 0.5 },
      { name: 'restored', seconds: 40, load: 0.8, capacityShare: 1, recovers: true },
    ],
    capacity: 20,
    faults: behindTheQueue,
    kills: [],
    drainSecondsMax: 600,
    backlog: true,
  },
  demo: {
    says: 'what `npm run demo` shows: the tables lose four fifths of their capacity, a flood comes, the database is killed, the capacity comes back',
    steps: [
      { name: 'ordinary day', seconds: 12, load: 0.2 },
      { name: 'starved and flooded', seconds: 45, load: 0.7, capacityShare: 0.2 },
      { name: 'capacity restored', seconds: 20, load: 0.2, capacityShare: 1, recovers: true },
    ],
    capacity: 50,
    faults: behindTheQueue,
    kills: [{ atSecond: 40, part: 'database' }],
    drainSecondsMax: 300,
    backlog: false,
  },
  rough: {
    says: 'a minute and a half over the capacity while workers, database and queue are killed, replies lost, deliveries doubled and reordered',
    steps: [{ name: 'rough', seconds: 90, load: 1.5 }],
    capacity: 20,
    faults: everywhere,
    kills: [
      { atSecond: 20, part: 'workers' },
      { atSecond: 45, part: 'database' },
      { atSecond: 70, part: 'queue' },
    ],
    drainSecondsMax: 600,
    backlog: false,
  },
  comparison: {
    ...overload(3),
    says: 'three times what the table can take for 25 s, and at most 75 s to work it off: twelve of them fit into 25 minutes',
    steps: [
      { name: 'unloaded', seconds: 10, load: 0.3 },
      { name: 'overload 3x', seconds: 25, load: 3 },
    ],
    drainSecondsMax: 75,
  },
  'comparison-short': {
    ...overload(3),
    says: 'four seconds of three times what the table can take: proves that a comparison runs, says nothing of the paths',
    steps: [
      { name: 'unloaded', seconds: 2, load: 0.3 },
      { name: 'overload 3x', seconds: 4, load: 3 },
    ],
    drainSecondsMax: 20,
  },
  // 102,000 arrivals of journey `writes` at 200 WCU/s, because one send in a hundred fails and is not tried again by a basket.
  'hundred-thousand': {
    says: 'a hundred thousand writes in under twenty minutes; the tables lose three quarters of their capacity for two of them, every part is killed once',
    steps: [
      { name: 'whole', seconds: 300, load: 0.459 },
      { name: 'starved', seconds: 120, load: 0.459, capacityShare: 0.25 },
      { name: 'restored', seconds: 580, load: 0.459, capacityShare: 1, recovers: true },
    ],
    capacity: 200,
    faults: everywhere,
    kills: [
      { atSecond: 180, part: 'workers' },
      { atSecond: 560, part: 'database' },
      { atSecond: 740, part: 'queue' },
    ],
    drainSecondsMax: 600,
    backlog: false,
  },
  soak: {
    says: 'a quarter of an hour at nine tenths of the capacity, every part killed once',
    steps: [{ name: 'soak', seconds: 900, load: 0.9 }],
    capacity: 20,
    faults: everywhere,
    kills: [
      { atSecond: 180, part: 'workers' },
      { atSecond: 400, part: 'database' },
      { atSecond: 620, part: 'queue' },
    ],
    drainSecondsMax: 600,
    backlog: false,
  },
};

export const secondsOf = ({ steps }: Pick<Profile, 'steps'>): number =>
  steps.reduce((sum, { seconds }) => sum + seconds, 0);
