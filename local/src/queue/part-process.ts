import type * as z from 'zod';

/**
 * Runs a part as a process: configuration as one JSON argument, one line of JSON on stdout when it listens, an orderly
 * end on SIGTERM, on SIGINT and when the parent goes (its end of stdin closes, even by kill -9). Exit code 2 for a bad
 * configuration, 1 for a fault.
 */
export const runPart = async <Schema extends z.ZodType>(
  schema: Schema,
  start: (config: z.infer<Schema>) => Promise<{ readonly port: number; readonly close: () => Promise<void> }>,
): Promise<void> => {
  const config = schema.safeParse(JSON.parse(process.argv[2] ?? 'null'));
  if (!config.success) {
    console.error(`The configuration is not right: ${config.error.message}`);
    process.exit(2);
  }
  const part = await start(config.data);
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
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
  process.stdout.write(`${JSON.stringify({ event: 'listening', port: part.port })}\n`);
};
