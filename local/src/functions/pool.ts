import { type FunctionSpec, type Instance, type Outcome, startInstance } from '#functions/instance';

/** The instances of all functions of one process. */
export type FunctionPool = {
  /** Runs a function; waits while all of its instances are busy. Unknown names are a fault of the caller. */
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
  readonly end: () => Promise<void>;
};

type Room = {
  readonly spec: FunctionSpec;
  readonly idle: Instance[];
  readonly all: Set<Instance>;
  readonly queue: (() => void)[];
  generation: number;
};

export type PoolOptions = {
  readonly functions: readonly FunctionSpec[];
  readonly log: (line: string) => void;
  readonly start?: typeof startInstance;
};

export const makeFunctionPool = ({ functions, log, start = startInstance }: PoolOptions): FunctionPool => {
  const rooms = new Map<string, Room>(
    functions.map((spec) => [spec.name, { spec, idle: [], all: new Set(), queue: [], generation: 0 }]),
  );
  const busy = new Map<string, number>();
  const countBusy = (name: string, by: number) => busy.set(name, (busy.get(name) ?? 0) + by);
  let ended = false;

  const make = (room: Room): Instance => {
    const instance = start(room.spec, log);
    room.all.add(instance);
    return instance;
  };

  /** An instance that is free, a new one while there may be more, else the next that gets free. */
  const take = async (room: Room): Promise<Instance> => {
    for (;;) {
      const instance = room.idle.pop();
      if (instance !== undefined && !instance.isGone()) return instance;
      if (instance !== undefined) {
        room.all.delete(instance);
        continue;
      }
      if (room.all.size < room.spec.concurrency) return make(room);
      await new Promise<void>((resolve) => room.queue.push(resolve));
    }
  };

  const giveBack = (room: Room, instance: Instance, generation: number): void => {
    if (instance.isGone()) room.all.delete(instance);
    else if (generation !== room.generation) {
      room.all.delete(instance);
      void instance.end();
    } else room.idle.push(instance);
    room.queue.shift()?.();
  };

  return {
    invoke: async (name, event) => {
      const room = rooms.get(name);
      if (room === undefined) throw new TypeError(`There is no function ${name} here.`);
      const instance = await take(room);
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
    end: async () => {
      ended = true;
      await Promise.all([...rooms.values()].flatMap((room) => [...room.all].map((instance) => instance.end())));
    },
  };
};
