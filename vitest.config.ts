import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		exclude: ['test/eval/cases/*/**', '**/node_modules/**'],
		setupFiles: ['test/support/fixed-seed.ts'],
		testTimeout: 60_000,
		hookTimeout: 30_000,
		maxWorkers: 2,
	},
});
