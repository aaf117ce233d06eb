import { isRecord } from '#run/json';

/** The control address of a one-machine cloud (contract, section 5). Throws on any answer that is no success. */
export const callControl = async (
  controlUrl: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<string> => {
  const answer = await fetch(`${controlUrl}${path}`, {
    method,
    headers: { 'X-Penstock-Control': '1', 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok)
    throw new Error(`${method} ${path} of the control address answered ${answer.status}: ${text.slice(0, 300)}`);
  return text;
};

/** Waits for the drain, at most so long. False: not drained. A part that is away meanwhile counts as not yet. */
export const waitDrained = async (controlUrl: string, ms: number, isEnough: () => boolean): Promise<boolean> => {
  const until = Date.now() + ms;
  while (Date.now() < until && !isEnough()) {
    const timeoutMs = Math.min(2000, Math.max(0, until - Date.now()));
    const answer = await fetch(`${controlUrl}/drained?timeoutMs=${timeoutMs}`, {
      headers: { 'X-Penstock-Control': '1' },
    });
    const said: unknown = await answer.json();
    if (answer.status === 200 && isRecord(said) && said.drained === true) return true;
    if (answer.status !== 408) throw new Error(`GET /drained of the control address answered ${answer.status}.`);
  }
  return false;
};
