import type { EngineApp, EngineReply, EngineRequest } from '#queue/engine-app';
import { isControlCaller } from '#this-machine';

export type Control = {
  readonly meters: () => unknown;
  /** Takes new faults; a value that is not right is a sentence. */
  readonly setFaults: (value: unknown) => string | undefined;
  readonly clearFaults: () => void;
};

/** Calls of the gate itself; they have their own guard. */
export const isControlCall = ({ url }: EngineRequest): boolean => url.startsWith('/_gate/');

/** Adds a gate's own calls: GET /_gate/meters, PUT and DELETE /_gate/faults, GET /_gate/health. */
export const addControl = (app: EngineApp, control: Control): void => {
  const guarded =
    (answer: (request: EngineRequest, reply: EngineReply) => unknown) => (request: EngineRequest, reply: EngineReply) =>
      isControlCaller(request.headers)
        ? answer(request, reply)
        : reply.code(403).send({ message: 'Control calls carry X-Penstock-Control: 1 and no Origin.' });
  app.get(
    '/_gate/health',
    guarded(() => ({ status: 'ok' })),
  );
  app.get(
    '/_gate/meters',
    guarded(() => control.meters()),
  );
  app.put(
    '/_gate/faults',
    guarded((request, reply) => {
      const fault = control.setFaults(parseJson(request.body));
      return fault === undefined ? reply.code(204).send() : reply.code(422).send({ message: fault });
    }),
  );
  app.delete(
    '/_gate/faults',
    guarded((_request, reply) => {
      control.clearFaults();
      return reply.code(204).send();
    }),
  );
};

/** fauxqs hands bodies that it does not know over as bytes. */
const parseJson = (body: unknown): unknown => {
  try {
    return JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : String(body));
  } catch {
    // Not JSON: the schema behind this says so.
    return undefined;
  }
};
