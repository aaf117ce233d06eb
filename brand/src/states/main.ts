/** Makes the drawings of the states anew into brand/states: node src/states/main.ts. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { drawState, states } from '#states/draw-state';

const folder = new URL('../../states/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const state of states) writeFileSync(new URL(`${state}.svg`, folder), drawState(state));
