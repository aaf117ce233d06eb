import { setTimeout as wait } from 'node:timers/promises';
import { type FunctionSpec, type Instance, type Outcome, startInstance } from '#functions/instance';

/** The instances of all functions of one process. */
export type FunctionPool = {
  /**
   * Runs a function on an instance that is free, a new one or the next that gets free, whichever is first. One starts at a time: on
   * two cores a burst of cold starts would keep everybody waiting for seconds. Unknown names are a fault of the caller.
   */
  readonly invoke: (name: string, event: unknown) => Promise<Outcome>;
  /**
   * Starts one instance of each function that has none, one after the other, ahead of its first event: nobody waits for
   * it. A bundle that cannot be loaded speaks for itself in the log, and again at its first event.
   */
  readonly warm: () => Promise<void>;
  /** Ends the idle instances of functions whose bundle has changed; busy ones end after their event. */
  readonly reload: (names: readonly string[]) => void;
  /** Events being handled now, but for those of functions that handle one for as long as somebody listens. */
  readonly busy: (without?: string) => number;
  /**
   * Events under way, and those to come, are told that their time is nearly up: what waits for capacity puts its messages back
   * in order, where an instance that is ended would leave them hidden until their visibility ends.
   */
  readonly hurry: () => void;
  readonly end: () => Promise<void>;
};

/** An event that waits; undefined: it has waited for too long, and whoever asked is gone. */
type Waiting = (instance: Instance | undefined) => void;

type Room = {
  readonly spec: FunctionSpec;
  readonly idle: Instance[];
  readonly all: Set<Instance>;
  /** Events that wait for an instance. */
  readonly queue: Waiting[];
  isStarting: boolean;
  generation: number;
};

export type PoolOptions = {
  readonly functions: readonly FunctionSpec[];
  readonly log: (line: string) => void;
  readonly start?: typeof startInstance;
  /**
   * Events that may wait for an instance of one function, and for how long: what a gateway refuses and gives up. Left out for event
   * sources, which bring no more at once than they have loops, and whose events nobody else waits for.
   */
  readonly waiting?: { readonly eventsMax: number; readonly maxMs: number };
};

const refusal = (errorType: string, errorMessage: string): Outcome => ({
  ok: false,
  error: { errorType, errorMessage },
});

const startFailed = (name: string, error: unknown): string =>
  JSON.stringify({
    time: new Date().toISOString(),
    level: 'error',
    function: name,
    event: 'instance-not-started',
    errorMessage: error instanceof Error ? error.message : String(error),
  });

/** An instance that takes longer to load is handed over all the same: its event's own time-out counts then. */
const startMaxMs = 1000;

/** What is told to be left once the cloud ends: less than any function keeps back for its own end. */
const hurryMs = 1000;

export const makeFunctionPool = ({ functions, log, start = startInstance, waiting }: PoolOptions): FunctionPool => {
  const rooms = new Map<string, Room>(
    functions.map((spec) => [
      spec.name,
      { spec, idle: [], all: new Set(), queue: [], isStarting: false, generation: 0 },
    ]),
  );
  const busy = new Map<string, number>();
  const countBusy = (name: string, by: number) => busy.set(name, (busy.get(name) ?? 0) + by);
  let ended = false;
  let hurried = false;

  const make = (room: Room): Instance => {
    const instance = start(room.spec, log);
    room.all.add(instance);
    if (hurried) instance.hurry(hurryMs);
    return instance;
  };

  const handOver = (room: Room, instance: Instance): void => {
    const next = room.queue.shift();
    if (next !== undefined) next(instance);
    else if (instance.isGone()) room.all.delete(instance);
    else room.idle.push(instance);
  };

  /** Starts instances, one after the other, while events wait and there may be more. One that broke tells an event why. */
  const grow = async (room: Room): Promise<void> => {
    if (room.isStarting) return;
    room.isStarting = true;
    try {
      while (!ended && room.queue.length > 0 && room.all.size < room.spec.concurrency) {
        const { generation } = room;
        const instance = make(room);
        await Promise.race([instance.ready.catch(() => undefined), wait(startMaxMs, undefined, { ref: false })]);
        if (generation === room.generation || instance.isGone()) handOver(room, instance);
        else retire(room, instance);
      }
    } finally {
      room.isStarting = false;
    }
  };

  const retire = (room: Room, instance: Instance): void => {
    room.all.delete(instance);
    if (!instance.isGone()) void instance.end();
  };

  const take = async (room: Room): Promise<Instance | Outcome> => {
    for (let instance = room.idle.pop(); instance !== undefined; instance = room.idle.pop()) {
      if (!instance.isGone()) return instance;
      room.all.delete(instance);
    }
    if (waiting !== undefined && room.queue.length >= waiting.eventsMax)
      return refusal('TooManyRequestsException', `${waiting.eventsMax} events wait for ${room.spec.name} already.`);
    return new Promise((resolve, reject) => {
      const turn: Waiting = (instance) => {
        clearTimeout(timer);
        resolve(instance ?? refusal('Sandbox.Timedout', `No instance of ${room.spec.name} was free in time.`));
      };
      const giveUp = (): void => {
        const at = room.queue.indexOf(turn);
        if (at !== -1) room.queue.splice(at, 1);
        turn(undefined);
      };
      const timer = waiting === undefined ? undefined : setTimeout(giveUp, waiting.maxMs);
      timer?.unref();
      room.queue.push(turn);
      grow(room).catch(reject);
    });
  };

  const giveBack = (room: Room, instance: Instance, generation: number): void => {
    if (!instance.isGone() && generation === room.generation) handOver(room, instance);
    else {
      retire(room, instance);
      grow(room).catch((error: unknown) => log(startFailed(room.spec.name, error)));
    }
  };

  return {
    invoke: async (name, event) => {
      const room = rooms.get(name);
      if (room === undefined) throw new TypeError(`There is no function ${name} here.`);
      const instance = await take(room);
      if ('ok' in instance) return instance;
      const { generation } = room;
      countBusy(name, 1);
      try {
        return await instance.invoke(event);
      } finally {
        countBusy(name, -1);
        giveBack(room, instance, generation);
      }
    },
    warm: async () => {
      for (const room of rooms.values()) {
        if (ended || room.all.size > 0) continue;
        const instance = make(room);
        await instance.ready.catch(() => undefined);
        giveBack(room, instance, room.generation);
      }
    },
    reload: (names) => {
      for (const name of names) {
        const room = rooms.get(name);
        if (room === undefined) continue;
        room.generation += 1;
        for (const instance of room.idle.splice(0)) {
          room.all.delete(instance);
          void instance.end();
        }
      }
    },
    busy: (without) => [...busy].reduce((sum, [name, count]) => (name === without ? sum : sum + count), 0),
    hurry: () => {
      hurried = true;
      for (const room of rooms.values()) for (const instance of room.all) instance.hurry(hurryMs);
    },
    end: async () => {
      ended = true;
      await Promise.all([...rooms.values()].flatMap((room) => [...room.all].map((instance) => instance.end())));
    },
  };
};
