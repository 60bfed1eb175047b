import {findCredential} from '../model/credentials.ts';
import {parseRule} from '../permission/rules.ts';
import {childEnvironment} from '../process/child-env.ts';
import {findProgram} from '../process/find-program.ts';
import {exitCodes} from '../protocol/exit-codes.ts';
import {printable} from '../protocol/printable.ts';
import {safeJson} from '../protocol/safe-json.ts';
import {projectFiles} from '../session/project-files.ts';
import {detectTestCommand} from '../test-runners/index.ts';
import {readSettings} from '../workspace/settings.ts';
import {listSpecs} from '../workspace/spec-folder.ts';
import type {Directories} from '../workspace/state-directory.ts';
import {isTestCommandApproved, readTrust} from '../workspace/trust.ts';
import type {HeadlessIo} from './headless-io.ts';

export type Doctor = {
	readonly root: string;
	readonly isTrustable: boolean;
	readonly directories: Directories;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly home: string;
	readonly packageRoot: string;
	readonly version: string;
	readonly nodeVersion: string;
	readonly json: boolean;
};

type Finding = {readonly name: string; readonly ok: boolean; readonly value: string};

async function programs(doctor: Doctor): Promise<readonly Finding[]> {
	const env = childEnvironment(doctor);
	const found = await Promise.all(
		['git', 'bash', 'notify-send', 'osascript'].map(async name => [name, await findProgram(name, {env, root: doctor.root})] as const),
	);
	const place = Object.fromEntries(found);
	const notifier = place['notify-send'] ?? place.osascript;
	return [
		{name: 'git', ok: place.git !== undefined, value: place.git ?? 'not found: works without, but names and commits are not kept'},
		{name: 'bash', ok: place.bash !== undefined, value: place.bash ?? 'not found: commands run in sh'},
		{name: 'desktop notifier', ok: notifier !== undefined, value: notifier ?? 'none (optional): the terminal bell is used'},
	];
}

async function ofModel({env, home}: Doctor): Promise<Finding> {
	const credential = await findCredential(env, home);
	const url = env.ANTHROPIC_BASE_URL;
	const where = url === undefined || url === '' ? '' : `, at ${url}`;
	return credential === undefined
		? {name: 'model', ok: false, value: 'no key found: set ANTHROPIC_API_KEY, or ANTHROPIC_BASE_URL for another or a local server'}
		: {name: 'model', ok: true, value: `${credential.kind} from ${credential.from}${where}`};
}

async function ofFolder(doctor: Doctor): Promise<readonly Finding[]> {
	const {root, directories} = doctor;
	const {settings, problems} = await readSettings({config: directories.config, root, parseRule});
	const isTrusted = doctor.isTrustable && (await readTrust(directories.config, root));
	const project = projectFiles({root, childEnv: childEnvironment(doctor)}, AbortSignal.timeout(10_000));
	const tests = await detectTestCommand(project, settings.testCommand);
	const isApproved = tests !== undefined && (await isTestCommandApproved(directories.config, root, {...tests, isApproved: false}));
	const specs = await listSpecs(root);
	return [
		{name: 'folder', ok: true, value: `${root}, ${isTrusted ? 'trusted' : 'not trusted yet'}`},
		{
			name: 'tests',
			ok: tests !== undefined,
			value:
				tests === undefined
					? 'no test command found: the first task sets one up'
					: `${tests.command} (runs: ${tests.resolvesTo}), ${isApproved ? 'approved' : 'not approved yet'}`,
		},
		{name: 'specs', ok: true, value: `${specs.length}`},
		{name: 'settings', ok: problems.length === 0, value: problems.length === 0 ? 'fine' : problems.join('; ')},
	];
}

/** `doctor`: what this machine and this folder have for kiro-tui. Reads files and looks for programs; starts nothing and sends nothing. */
export async function printDoctor(doctor: Doctor, io: HeadlessIo): Promise<number> {
	const {version, nodeVersion, directories} = doctor;
	const findings: readonly Finding[] = [
		{name: 'kiro-tui', ok: true, value: version},
		{name: 'node', ok: true, value: nodeVersion},
		await ofModel(doctor),
		...(await programs(doctor)),
		...(await ofFolder(doctor)),
		{name: 'config', ok: true, value: directories.config},
		{name: 'state', ok: true, value: directories.state},
	];
	if (doctor.json || io.format !== 'text') {
		io.write(`${safeJson({findings}, 2)}\n`);
		return exitCodes.done;
	}

	for (const {name, ok, value} of findings) {
		io.write(`${ok ? '+' : '-'} ${name.padEnd(16)}  ${printable(value)}\n`);
	}

	return exitCodes.done;
}
