import {isSecretPath, isSpecPath, reachesProtectedPath} from '../protocol/protected-paths.ts';
import {programOf} from './inner-commands.ts';
import {normalPath, relativeToRoot} from './path-pattern.ts';
import {isReader, isReadOnly} from './read-only.ts';
import {isEvaluating} from './rules.ts';
import type {Argv} from './shell-command.ts';

/** Why a command is asked about; `isGrave` when no "always" is offered for it. */
export type Risk = {readonly why: string; readonly isGrave: boolean};

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

const deleting = set('rm rmdir unlink shred dd truncate mkfs wipefs fdisk srm trash rimraf del');
const overwriting = set('mv cp install ln tar unzip bsdtar cpio gunzip bunzip2 unxz patch ed ex');
const network = set(
	'curl wget nc ncat netcat socat telnet ftp sftp scp rsync ssh ping dig nslookup host gh hub glab aws gcloud az kubectl helm terraform pulumi docker podman vercel netlify heroku fly flyctl wrangler firebase supabase psql mysql mongosh mongo redis-cli http https httpie xh lynx w3m brew apt apt-get dpkg yum dnf apk pacman snap gem bundle composer pip pip3 pipx uv poetry pipenv conda mamba npx bunx pnpx corepack nvm fnm rustup twine',
);
const system = set(
	'kill pkill killall shutdown reboot halt poweroff init systemctl service launchctl crontab at batch mount umount chown chmod chgrp chattr setfacl passwd useradd usermod visudo iptables sysctl open xdg-open osascript code vim vi nano emacs less more top htop man tmux screen defaults security keychain ssh-keygen ssh-add gpg',
);

/** Sub-commands of package managers that run the project's own scripts or only look. */
const localPackageWork: Readonly<Record<string, RegExp>> = {
	npm: /^(?:run|run-script|test|t|tst|ls|list|explain|why|start|-v)$/,
	pnpm: /^(?!(?:add|install|i|ci|remove|rm|uninstall|un|up|update|upgrade|dlx|create|init|publish|link|unlink|import|config|set|store|env|fetch|patch|deploy|login|setup|self-update)$)[\w:.-]+$/,
	yarn: /^(?!(?:add|install|remove|up|upgrade|upgrade-interactive|dlx|create|init|publish|npm|link|unlink|global|config|set|import|cache|login|plugin|policies)$)[\w:.-]+$/,
	bun: /^(?:run|test|build)$|\.[cm]?[jt]sx?$/,
	cargo: /^(?:build|b|check|c|test|t|run|r|clippy|fmt|doc|bench|tree|metadata|nextest)$/,
	go: /^(?:build|test|vet|fmt|run|list|doc|env|version|tool)$/,
	deno: /^(?:test|lint|fmt|check|task)$/,
	dotnet: /^(?:build|test|format)$/,
};

// Tools that a project has among its own dependencies; npx fetches others from the network.
const localTools = set(
	'tsc vitest jest mocha ava eslint prettier biome @biomejs/biome tsx ts-node playwright cypress stylelint knip vite webpack rollup esbuild turbo nx c8 nyc xo standard',
);

/** The pieces of a word that may be paths: the word, what stands after `=`, `:` and `,`, and what is joined to a short option. */
function placesIn(word: string): readonly string[] {
	const option = /^-[A-Za-z](?=[./~])/.test(word) ? [word.slice(2)] : [];
	return [word, ...word.split(/[=:,]/), ...option].filter(piece => piece !== '');
}

function isOutside(piece: string, root: string): boolean {
	return piece !== '/dev/null' && relativeToRoot(piece, root) === undefined;
}

function some(argv: Argv, test: (piece: string) => boolean): string | undefined {
	return argv.find(word => placesIn(word).some(test));
}

/** Whether a command names the specs, which only the spec tools write. */
export function namesSpecs(argv: Argv): boolean {
	return some(argv, piece => isSpecPath(normalPath(piece))) !== undefined;
}

/** Whether a command starts this program, or names it as what another one shall start. */
export function startsKiroTui(argv: Argv, root: string): boolean {
	return argv.some(
		word => normalPath(word) !== normalPath(root) && /^kiro-tui(?:\.[cm]?js|\.cmd|\.exe|@.*)?$/i.test(word.split(/[/\\]/).at(-1) ?? ''),
	);
}

/** What the arguments reach that a person must judge: places outside the workspace, secrets, and for what may write protected paths. */
export function pathRisk(argv: Argv, {root, rootName}: {readonly root: string; readonly rootName: string}): Risk | undefined {
	const outside = some(argv, piece => isOutside(piece, root));
	if (outside !== undefined) {
		return {why: `It names ${outside.includes('://') ? 'an address' : 'a place'} outside ${rootName}: ${outside}`, isGrave: true};
	}

	const secret = some(argv.slice(1), isSecretPath);
	if (secret !== undefined) {
		return {why: `It names a file that may hold secrets: ${secret}`, isGrave: true};
	}

	const guarded = isReadOnly(argv) ? undefined : some(argv, piece => reachesProtectedPath(normalPath(piece)));
	return guarded === undefined ? undefined : {why: `It names a protected path: ${guarded}`, isGrave: true};
}

const inlineOption: Readonly<Record<string, RegExp>> = {
	node: /^(?:-[a-z]*[epr]|-|--(?:eval|print|require|import|loader|experimental-loader)(?:=.*)?)$/,
	bun: /^(?:-[a-z]*[epr]|-|--(?:eval|print|preload)(?:=.*)?)$/,
	tsx: /^(?:-[a-z]*[epr]|-|--(?:eval|print|require|import)(?:=.*)?)$/,
	python: /^(?:-[A-Za-z]*c|-)$/,
	pypy: /^(?:-[A-Za-z]*c|-)$/,
};
const localModules = /^(?:pytest|unittest|mypy|ruff|black|isort|flake8|pylint|compileall|tox|nox|coverage)$/;

/** Whether an interpreter gets its program from the command line, from standard input, or from a module that could be anything. */
function runsInlineCode(argv: Argv): boolean {
	const program = programOf(argv).replace(/[\d.]+$/, '');
	const option = Object.hasOwn(inlineOption, program) ? inlineOption[program] : undefined;
	if (option === undefined) {
		return false;
	}

	const module = program === 'python' || program === 'pypy' ? argv.indexOf('-m') : -1;
	return argv.length === 1 || argv.slice(1).some(arg => option.test(arg)) || (module !== -1 && !localModules.test(argv[module + 1] ?? ''));
}

function packageRisk(argv: Argv): Risk | undefined {
	const program = programOf(argv);
	const pattern = Object.hasOwn(localPackageWork, program) ? localPackageWork[program] : undefined;
	if (pattern === undefined) {
		return undefined;
	}

	return pattern.test(argv[1] ?? '')
		? undefined
		: {why: `${program} ${argv[1] ?? ''} may use the network or change what is installed`.replace('  ', ' '), isGrave: false};
}

function isLocalTool(argv: Argv): boolean {
	return programOf(argv) === 'npx' && localTools.has(argv[1] ?? '');
}

function fileRisk(argv: Argv): Risk | undefined {
	const program = programOf(argv);
	if (deleting.has(program)) {
		return {why: `${program} may delete files for good`, isGrave: true};
	}

	const keeps = (program === 'mv' || program === 'cp') && argv.includes('-n');
	return overwriting.has(program) && !keeps ? {why: `${program} may overwrite files for good`, isGrave: true} : undefined;
}

function gitRisk(argv: Argv): Risk | undefined {
	if (programOf(argv) !== 'git') {
		return undefined;
	}

	const isMild = /^(?:add|commit|fetch|pull)$/.test(argv[1] ?? '');
	return {why: `${['git', argv[1]].join(' ').trim()} changes the repository itself`, isGrave: argv.length > 1 && !isMild};
}

function reachRisk(argv: Argv): Risk | undefined {
	const program = programOf(argv);
	if (network.has(program) || argv.some(word => word.includes('://'))) {
		return {why: `${program} uses the network`, isGrave: false};
	}

	return system.has(program) ? {why: `${program} acts on more than the workspace`, isGrave: true} : undefined;
}

function codeRisk(argv: Argv): Risk | undefined {
	const program = programOf(argv);
	if (isEvaluating(argv) || runsInlineCode(argv)) {
		return {why: `${program} runs what it is given, which only a person can judge`, isGrave: true};
	}

	return isReader(argv) ? {why: `With these options ${program} does more than read the files it is given`, isGrave: true} : undefined;
}

/** What makes a command too much to run unasked in *auto-task*, or undefined: reads, builds, tests and scripts of the project. */
export function riskOf(argv: Argv): Risk | undefined {
	return isReadOnly(argv) || isLocalTool(argv)
		? undefined
		: (fileRisk(argv) ?? gitRisk(argv) ?? reachRisk(argv) ?? codeRisk(argv) ?? packageRisk(argv));
}
