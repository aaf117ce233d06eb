import type * as z from 'zod';

/** The supervisor kills what takes longer (6 s); a part without one must see to it itself. */
const endMaxMs = 5000;

type Part = { readonly port: number; readonly close: () => Promise<void> };

/**
 * Runs a part as a process: configuration as one JSON argument, one line of JSON on stdout when it listens, an orderly
 * end on SIGTERM, on SIGINT and when the parent goes (its end of stdin closes, even by kill -9), also while it is still
 * starting; an end that takes over 5 s is cut off. Exit code 2 for a bad configuration, 1 for a fault.
 */
export const runPart = async <Schema extends z.ZodType>(
  schema: Schema,
  start: (config: z.infer<Schema>) => Promise<Part>,
): Promise<void> => {
  const config = schema.safeParse(JSON.parse(process.argv[2] ?? 'null'));
  if (!config.success) {
    console.error(`The configuration is not right: ${config.error.message}`);
    process.exit(2);
  }
  let part: Part | undefined;
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    if (part === undefined) process.exit(0);
    setTimeout(() => process.exit(1), endMaxMs);
    part.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.stdin.on('end', end);
  process.stdin.on('close', end);
  process.stdin.resume();
  // Nobody reads any more: the parent is gone, and a line that cannot be written must not be what ends the part.
  process.stdout.on('error', end);
  process.stderr.on('error', end);
  part = await start(config.data);
  process.stdout.write(`${JSON.stringify({ event: 'listening', port: part.port })}\n`);
};
