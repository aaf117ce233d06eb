import { writeWhole } from '#supervisor/data-folder';

/** run.json, written whole at every change; what a full disk keeps from being written is tried again until it is. */
export const keepRunFile = (
  file: string,
  state: () => object,
  complain: (error: unknown) => void,
  againAfterMs = 2000,
): { readonly write: () => void; readonly stop: () => void } => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    clearTimeout(timer);
    try {
      writeWhole(file, JSON.stringify(state(), undefined, 2));
    } catch (error) {
      complain(error);
      timer = setTimeout(write, againAfterMs);
      timer.unref();
    }
  };
  return { write, stop: () => clearTimeout(timer) };
};
