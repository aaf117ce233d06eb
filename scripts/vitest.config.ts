import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['*.test.ts', 'deploy/*.test.ts', 'topology/*.test.ts'] } });
