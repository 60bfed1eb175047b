#!/usr/bin/env node
// Runs on any Node >= 18, so that an old one is answered with a sentence and not with a syntax error.
import {spawn, spawnSync} from 'node:child_process';
import {existsSync, realpathSync} from 'node:fs';
import {constants} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const packageRoot = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));
const handedOver = 'KIRO_TUI_HANDED_OVER';

function isRecent(version) {
	const [major, minor] = version.split('.').map(Number);
	return major > 22 || (major === 22 && minor >= 22);
}

function ownNode() {
	return ['node_modules/node/bin/node', 'node_modules/node/bin/node.exe']
		.map(path => join(packageRoot, path))
		.find(path => existsSync(path));
}

/** Replaces this process as far as Node allows: same stdio, signals passed on, same exit. */
function handOver(node) {
	const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
		stdio: 'inherit',
		env: {...process.env, [handedOver]: '1'},
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGCONT', 'SIGWINCH']) {
		process.on(signal, () => {
			// Ctrl+C in a terminal reaches the whole process group; sending it twice would look like a second press.
			if (signal !== 'SIGINT' || !process.stdin.isTTY) {
				child.kill(signal);
			}
		});
	}

	child.on('error', error => {
		process.stderr.write(`kiro-tui could not start ${node}: ${error.message}\n`);
		process.exitCode = 2;
	});
	child.on('exit', (code, signal) => {
		process.exitCode = code ?? 128 + (constants.signals[signal] ?? 1);
		process.exit();
	});
}

/** A clone without a build builds itself once, when it has what it takes. */
function build() {
	const script = join(packageRoot, 'build.mjs');
	const isBuildable = existsSync(script) && existsSync(join(packageRoot, 'node_modules/esbuild'));
	const built =
		isBuildable && spawnSync(process.execPath, [script], {cwd: packageRoot, stdio: ['ignore', 'ignore', 'inherit']}).status === 0;
	if (!built) {
		process.stderr.write(`kiro-tui is not built: run "npm ci && npm run build" in ${packageRoot}\n`);
	}

	return built;
}

async function start() {
	const main = join(packageRoot, 'dist/main.js');
	if (!existsSync(main) && !build()) {
		process.exitCode = 2;
		return;
	}

	const {enableCompileCache} = await import('node:module');
	enableCompileCache?.();
	await import(pathToFileURL(main).href);
}

const node = isRecent(process.versions.node) || process.env[handedOver] ? undefined : ownNode();
if (isRecent(process.versions.node)) {
	await start();
} else if (node === undefined) {
	process.stderr.write(
		`kiro-tui needs Node.js 22.22 or newer (this is ${process.versions.node}): install it from https://nodejs.org and start kiro-tui again\n`,
	);
	process.exitCode = 2;
} else {
	handOver(node);
}
