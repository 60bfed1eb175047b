import type {ToolDefinition} from '../protocol/tool.ts';
import {fieldsOf} from './fields-of.ts';

type OtherTool = {
	/** As other programs call it, in lower case, without `_` and `-`. */
	readonly names: readonly string[];
	/** What does the same here; the first that the conversation has. */
	readonly tools: readonly string[];
	/** Told where no tool does it. */
	readonly instead?: string;
};

const planning = 'No list of steps is kept here: go on with the work itself.';
const otherStage = 'No document is written in this stage: say what should change in it instead.';

/** The tools that models know from other programs. */
const otherTools: readonly OtherTool[] = [
	{
		names: ['bash', 'shell', 'terminal', 'exec', 'execute', 'command', 'localshell', 'containerexec', 'python'],
		tools: ['run'],
	},
	{
		names: ['executecommand', 'runcommand', 'runshellcommand', 'runterminalcmd', 'runinterminal', 'executebash', 'shellcommand'],
		tools: ['run'],
	},
	{names: ['readfile', 'readfiles', 'viewfile', 'view', 'cat', 'open', 'openfile', 'fsread', 'getfile', 'readmanyfiles'], tools: ['read']},
	{
		names: ['editfile', 'edit', 'strreplaceeditor', 'strreplacebasededittool', 'strreplace', 'applypatch', 'applydiff', 'multiedit'],
		tools: ['edit', 'edit_document'],
	},
	{names: ['replace', 'replaceinfile', 'searchreplace', 'patch', 'update', 'modifyfile'], tools: ['edit', 'edit_document']},
	{
		names: ['write', 'writefile', 'writetofile', 'createfile', 'create', 'fswrite', 'savefile', 'newfile', 'inserteditintofile'],
		tools: ['write', 'write_document'],
	},
	{names: ['ls', 'listdir', 'listfiles', 'listdirectory', 'glob', 'globfiles', 'findfiles', 'filesearch', 'tree'], tools: ['list']},
	{names: ['grep', 'grepsearch', 'searchfiles', 'searchfilecontent', 'codebasesearch', 'ripgrep', 'rg', 'find'], tools: ['search']},
	{names: ['askfollowupquestion', 'askuserquestion', 'askuser', 'askhuman', 'question', 'requestuserinput'], tools: ['ask']},
	{names: ['writedocument', 'editdocument'], tools: ['edit_document'], instead: otherStage},
	{
		names: ['todowrite', 'todoread', 'updateplan', 'todo', 'updatetodolist', 'taskcreate', 'taskupdate', 'think'],
		tools: [],
		instead: planning,
	},
	{names: ['attemptcompletion', 'finish', 'done', 'submit', 'complete', 'taskcomplete', 'exitplanmode'], tools: ['end_turn']},
];

/** The fields that models know from other programs, by what they are called here. */
const otherFields: Readonly<Record<string, readonly string[]>> = {
	path: ['filepath', 'file', 'filename', 'targetfile', 'absolutepath', 'directory', 'dir', 'folder', 'relativepath', 'notebookpath'],
	old_text: ['oldstring', 'oldstr', 'old', 'search', 'find', 'original'],
	new_text: ['newstring', 'newstr', 'new', 'replace', 'replacement', 'text', 'content'],
	content: ['text', 'contents', 'filetext', 'body', 'code', 'data', 'markdown', 'newstr'],
	document: ['artifact', 'path', 'file', 'filepath', 'name', 'doc'],
	command: ['cmd', 'script', 'code', 'commandline', 'input', 'bash'],
	timeout_s: ['timeout', 'timeoutms', 'timeoutseconds'],
	pattern: ['query', 'regex', 'searchterm', 'text', 'searchpattern', 'keyword'],
	glob: ['include', 'filepattern', 'includepattern', 'pattern', 'globpattern'],
	ignore_case: ['caseinsensitive', 'i'],
	offset: ['startline', 'linestart', 'start', 'line', 'from'],
	limit: ['lines', 'count', 'maxlines', 'numlines'],
	question: ['text', 'prompt', 'message', 'questions'],
	message: ['text', 'result', 'summary', 'report'],
	options: ['choices', 'answers', 'followup'],
	name: ['package', 'packagename'],
	ecosystem: ['registry', 'language'],
};

/** What other programs let a model say beside a call: it changes nothing, and to refuse it costs a request. */
const remarks: readonly string[] = ['description', 'explanation', 'reason', 'purpose', 'thought', 'rationale'];

function plain(name: string): string {
	return name
		.replace(/^(?:functions|default_api|tools?)[.:]/i, '')
		.replaceAll(/[_\-\s]/g, '')
		.toLowerCase();
}

/** The tool that a name from elsewhere, or a name in other letters, stands for. */
export function toolMeant<Tool extends ToolDefinition>(name: string, tools: readonly Tool[]): Tool | undefined {
	const wanted = plain(name);
	const own = tools.find(tool => plain(tool.name) === wanted);
	const known = otherTools.find(({names}) => names.includes(wanted));
	return own ?? known?.tools.flatMap(id => tools.find(tool => tool.name === id) ?? [])[0];
}

/** Tells the model that a tool does not exist, and which one does what it wants. */
export function explainUnknownTool(name: string, tools: readonly ToolDefinition[]): string {
	const missing = `There is no tool called ${JSON.stringify(name.slice(0, 80))} here`;
	const meant = toolMeant(name, tools);
	if (meant !== undefined) {
		return `${missing}. Use ${meant.name}, which takes: ${fieldsOf(meant)}.`;
	}

	const known = otherTools.find(({names}) => names.includes(plain(name)));
	if (known?.instead !== undefined) {
		return `${missing}. ${known.instead}`;
	}

	const all = tools.map(tool => tool.name).join(', ');
	return known === undefined
		? `${missing}. The tools are: ${all}.`
		: `${missing}, and nothing in this stage does that. The tools are: ${all}.`;
}

/** The field of a tool that a key from elsewhere stands for. */
export function fieldMeant(key: string, fields: readonly string[]): string | undefined {
	const wanted = plain(key);
	return fields.find(field => plain(field) === wanted) ?? fields.find(field => otherFields[field]?.includes(wanted) === true);
}

/** Whether a key holds such a remark. */
export function isRemark(key: string): boolean {
	return remarks.includes(plain(key));
}
