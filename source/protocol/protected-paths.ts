const files =
	/^(?:\.mcp\.json|\.envrc|\.npmrc|\.yarnrc(?:\..*)?|\.gitmodules|\.gitattributes|\.bashrc|\.bash_(?:profile|login|logout|aliases)|\.profile|\.zshrc|\.zshenv|\.zprofile|\.zlogin|\.zlogout|\.kshrc|\.inputrc)$/;
const folders: ReadonlySet<string> = new Set(['.git', '.vscode', '.idea', '.husky']);
const kiroFolders: ReadonlySet<string> = new Set(['settings', 'hooks', 'steering', 'agents', 'tui']);

const secretFiles =
	/^(?:\.env(?:\..+)?|.+\.env|\.netrc|\.pgpass|\.pypirc|\.npmrc|\.git-credentials|\.htpasswd|credentials(?:\.json)?|id_(?:rsa|dsa|ecdsa|ed25519)(?:\..+)?|.+\.(?:pem|key|p12|pfx|keystore|jks|kdbx)|secrets?\.(?:ya?ml|json|toml|env))$/;
const examples = /(?:^|\.)(?:example|examples|sample|template|dist|defaults?|schema)$|^id_\w+\.pub$/;

/** The parts of a path as a disk that ignores case, and characters without a width, would find them. */
function partsOf(path: string): readonly string[] {
	return path
		.replaceAll('\\', '/')
		.replace(/\p{Cf}/gu, '')
		.toLowerCase()
		.split('/')
		.map(part => part.replace(/[. ]+$/, end => (part === end ? part : '')))
		.filter(part => part !== '' && part !== '.');
}

/** Files that other programs run or obey (reliability.md, R3): writing them asks in every mode, whether they exist or not. */
export function isProtectedPath(path: string): boolean {
	const parts = partsOf(path);
	return parts.some(
		(part, index) => folders.has(part) || files.test(part) || (part === '.kiro' && kiroFolders.has(parts[index + 1] ?? '')),
	);
}

/** A protected path, or a folder that holds some: moving or removing it would replace them. */
export function reachesProtectedPath(path: string): boolean {
	return isProtectedPath(path) || partsOf(path).at(-1) === '.kiro';
}

/** The specs: the spec tools write their documents, the program their markers and ledger, and nothing else does. */
export function isSpecPath(path: string): boolean {
	const parts = partsOf(path);
	return parts.some((part, index) => part === '.kiro' && parts[index + 1] === 'specs');
}

/** Files that hold secrets by their name; examples and public keys are none. */
export function isSecretPath(path: string): boolean {
	const name = partsOf(path).at(-1) ?? '';
	return secretFiles.test(name) && !examples.test(name);
}
