// Bundles source/ into dist/: minified ESM, split so that what the first frame does not need is loaded after it.
import {rmSync} from 'node:fs';
import {build} from 'esbuild';

const withoutDevtools = {
	name: 'without-devtools',
	setup(bundle) {
		// Ink imports it only when DEV=true; the package is not installed, so the bundle needs a stand-in.
		bundle.onResolve({filter: /^react-devtools-core$/}, () => ({path: 'react-devtools-core', namespace: 'empty'}));
		bundle.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {}'}));
	},
};

rmSync(new URL('./dist', import.meta.url), {recursive: true, force: true});
await build({
	entryPoints: {main: 'source/main.ts'},
	outdir: 'dist',
	absWorkingDir: import.meta.dirname,
	bundle: true,
	format: 'esm',
	platform: 'node',
	target: 'node22.22',
	splitting: true,
	minify: true,
	define: {'process.env.NODE_ENV': '"production"'},
	banner: {js: "import {createRequire as __createRequire} from 'node:module'; const require = __createRequire(import.meta.url);"},
	external: ['@vscode/ripgrep'],
	plugins: [withoutDevtools],
	logLevel: 'warning',
});
