// Bundles source/ into dist/: minified ESM, split so that what the first frame does not need is loaded after it.
import {rmSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const withoutDevtools = {
	name: 'without-devtools',
	setup(bundle) {
		// Ink imports it only when DEV=true; the package is not installed, so the bundle needs a stand-in.
		bundle.onResolve({filter: /^react-devtools-core$/}, () => ({path: 'react-devtools-core', namespace: 'empty'}));
		bundle.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {}'}));
	},
};

/** Packages that Node gets as CommonJS, and that have an ESM build as well. */
const asModules = {yaml: fileURLToPath(new URL('./node_modules/yaml/browser/index.js', import.meta.url))};

rmSync(new URL('./dist', import.meta.url), {recursive: true, force: true});
const {metafile} = await build({
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
	alias: asModules,
	metafile: true,
	logLevel: 'warning',
});

// Of a CommonJS package that import() loads only the default export is left in a bundle, where Node finds its names as well.
const broken = Object.values(metafile.outputs)
	.map(({entryPoint}) => entryPoint)
	.filter(entry => entry !== undefined && metafile.inputs[entry]?.format === 'cjs');
if (broken.length > 0) {
	throw new Error(`import() of ${broken.join(', ')} would have no named exports: name an ESM build of it in asModules`);
}
