import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

type Call = { command: string; args: string[] };
type Message = { title: string; body: string };

beforeEach(() => {
  process.env.DISPLAY = ':0';
  process.env.WAYLAND_DISPLAY = 'wayland-0';
});

function noDisplay() {
  delete process.env.DISPLAY;
  delete process.env.WAYLAND_DISPLAY;
}

async function send(platform: string, message: Message, code = 0) {
  const { notify }: any = await import('../src/notify.ts');
  const calls: Call[] = [];
  const run = async (command: string, args: string[] = []) => {
    calls.push({ command, args: [...args] });
    return { code };
  };
  const result = await notify(message, { platform, run });
  return { result, calls };
}

async function only(platform: string, message: Message): Promise<Call> {
  const { result, calls } = await send(platform, message);
  assert.equal(calls.length, 1);
  assert.equal(result, true);
  return calls[0];
}

/** The arguments that osascript leaves to the script; it stops at `--` or at the first one that is no option. */
function osascript(args: string[]): { script: string[]; rest: string[] } {
  const script: string[] = [];
  let at = 0;
  while (at < args.length) {
    const arg = args[at];
    if (arg === '--') return { script, rest: args.slice(at + 1) };
    if (!arg.startsWith('-') || arg === '-') break;
    if (/^-[els]$/.test(arg)) {
      script.push(args[at + 1]);
      at += 2;
    } else {
      if (/^-[els]/.test(arg)) script.push(arg);
      at += 1;
    }
  }
  return { script, rest: args.slice(at) };
}

/** What powershell.exe is given: its script, and the arguments that are data. */
function powershell(args: string[]): { script: string; data: string[] } {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at];
    if (/^[-/](e|ec|enc\w*)$/i.test(arg)) {
      return { script: Buffer.from(args[at + 1] ?? '', 'base64').toString('utf16le'), data: [] };
    }
    if (/^[-/](f|file)$/i.test(arg)) return { script: '', data: args.slice(at + 2) };
    if (/^[-/](c|command)$/i.test(arg)) return { script: args.slice(at + 1).join(' '), data: [] };
  }
  return { script: args.join(' '), data: [] };
}

const SINGLE = "'\u2018\u2019\u201a\u201b";
const DOUBLE = '"\u201c\u201d\u201e';

/** Splits a PowerShell script into its code and the values of its string literals. */
function parse(script: string): { code: string; strings: string[] } {
  const strings: string[] = [];
  let code = '';
  let at = 0;
  while (at < script.length) {
    const char = script[at];
    const quotes = SINGLE.includes(char) ? SINGLE : DOUBLE.includes(char) ? DOUBLE : '';
    const here = char === '@' && (SINGLE + DOUBLE).includes(script[at + 1] ?? ' ') && /^[ \t]*\r?\n/.test(script.slice(at + 2));
    if (here) {
      const kind = SINGLE.includes(script[at + 1]) ? SINGLE : DOUBLE;
      const start = script.indexOf('\n', at) + 1;
      const end = new RegExp(`\\r?\\n[${kind}]@`).exec(script.slice(start - 1));
      const value = end ? script.slice(start, start - 1 + end.index) : script.slice(start);
      strings.push(value);
      code += `<here${kind === DOUBLE ? value.replace(/`[^]|[^$`]/g, '') : ''}${end ? '' : 'open'}>`;
      at = end ? start - 1 + end.index + end[0].length : script.length;
    } else if (quotes) {
      let value = '';
      let closed = false;
      let dollars = '';
      at += 1;
      while (at < script.length) {
        if (quotes === DOUBLE && script[at] === '`') {
          value += script[at + 1] ?? '';
          at += 2;
        } else if (quotes.includes(script[at])) {
          if (at + 1 < script.length && quotes.includes(script[at + 1])) {
            value += script[at + 1];
            at += 2;
          } else {
            closed = true;
            at += 1;
            break;
          }
        } else {
          if (quotes === DOUBLE && script[at] === '$') dollars += '$';
          value += script[at];
          at += 1;
        }
      }
      strings.push(value);
      code += `<string${dollars}${closed ? '' : 'open'}>`;
    } else if (char === '#' && /(^|[\s;{}()])$/.test(code)) {
      while (at < script.length && script[at] !== '\n') at += 1;
    } else {
      code += char;
      at += 1;
    }
  }
  return { code, strings };
}

/** Every text that the script can be holding: literals as they are, or in one of the usual encodings. */
function texts(args: string[]): string[] {
  const { script, data } = powershell(args);
  const found = [...data];
  const visit = (value: unknown) => {
    if (typeof value === 'string') found.push(value);
    else if (value && typeof value === 'object') Object.values(value).forEach(visit);
  };
  for (const literal of [...parse(script).strings, ...data]) {
    const bytes = Buffer.from(literal, 'base64');
    for (const text of [literal, bytes.toString('utf8'), bytes.toString('utf16le'), Buffer.from(literal, 'hex').toString('utf8')]) {
      found.push(text);
      found.push(
        text
          .replace(/&lt;/g, '<')
          .replace(/&gt;/g, '>')
          .replace(/&quot;/g, '"')
          .replace(/&(apos|#39|#x27);/gi, "'")
          .replace(/&amp;/g, '&'),
      );
      try {
        found.push(decodeURIComponent(text));
      } catch {}
      try {
        visit(JSON.parse(text));
      } catch {}
    }
  }
  return found;
}

const NASTY = [
  `it's "done"; exit 1 # $(whoami) \`whoami\` %PATH% ' + 'x`,
  `x'; Remove-Item C:\\; '`,
  `x''; Remove-Item C:\\; ''y`,
  'x\u2019; Remove-Item C:\\; \u2018',
  'x"; Remove-Item C:\\; "',
  'x\u201d; Remove-Item C:\\; \u201c',
  '$(Remove-Item C:\\) $env:USERNAME `" $x',
  `x\n'@\nRemove-Item C:\\\n@'\n`,
  'x\n"@\nRemove-Item C:\\\n@"\n',
  'back\\slash" & do shell script "id" & "',
];

test('linux: notify-send is given title and body as arguments', async () => {
  const { command, args } = await only('linux', { title: 'nightly build', body: 'done in 2m 5s' });
  assert.equal(command, 'notify-send');
  assert.equal(args.filter((arg) => arg === 'nightly build').length, 1);
  assert.ok(args.indexOf('done in 2m 5s') > args.indexOf('nightly build'));
});

test('darwin: osascript is given title and body as arguments, with or without a display', async () => {
  noDisplay();
  const { command, args } = await only('darwin', { title: 'nightly build', body: 'done in 2m 5s' });
  assert.equal(command, 'osascript');
  const { rest } = osascript(args);
  assert.ok(rest.includes('nightly build'));
  assert.ok(rest.includes('done in 2m 5s'));
});

test('win32: powershell.exe is given title and body, with or without a display', async () => {
  noDisplay();
  const { command, args } = await only('win32', { title: 'nightly', body: 'finished' });
  assert.equal(command, 'powershell.exe');
  const found = texts(args);
  assert.ok(found.some((text) => text.includes('nightly')));
  assert.ok(found.some((text) => text.includes('finished')));
});

test('a program that ends with another code gives false', async () => {
  for (const platform of ['linux', 'darwin', 'win32']) {
    const { result } = await send(platform, { title: 'a', body: 'b' }, 1);
    assert.equal(result, false);
  }
});

test('[trap] a program that cannot be started gives false', async () => {
  const { notify }: any = await import('../src/notify.ts');
  const missing = Object.assign(new Error('spawn ENOENT'), { code: 'ENOENT' });
  for (const platform of ['linux', 'darwin', 'win32']) {
    const later = () => Promise.reject(missing);
    const now = () => {
      throw missing;
    };
    assert.equal(await notify({ title: 'a', body: 'b' }, { platform, run: later }), false);
    assert.equal(await notify({ title: 'a', body: 'b' }, { platform, run: now }), false);
  }
});

test('[trap] text that begins with a dash is no option', async () => {
  const message = { title: '-e', body: '--urgency=critical' };
  const linux = await only('linux', message);
  const end = linux.args.indexOf('--');
  assert.notEqual(end, -1);
  assert.deepEqual(linux.args.slice(end + 1), ['-e', '--urgency=critical']);
  const { rest } = osascript((await only('darwin', message)).args);
  assert.ok(rest.includes('-e'));
  assert.ok(rest.includes('--urgency=critical'));
});

test('[trap] text never becomes part of the AppleScript', async () => {
  const plain = osascript((await only('darwin', { title: 'a', body: 'b' })).args);
  for (const text of NASTY) {
    const { script, rest } = osascript((await only('darwin', { title: text, body: `${text}!` })).args);
    assert.deepEqual(script, plain.script);
    assert.ok(rest.includes(text));
    assert.ok(rest.includes(`${text}!`));
  }
});

test('[trap] text never becomes part of the PowerShell script', async () => {
  const code = async (message: Message) => parse(powershell((await only('win32', message)).args).script).code;
  const plain = await code({ title: 'a', body: 'b' });
  for (const text of NASTY) {
    assert.equal(await code({ title: text, body: 'b' }), plain, `title ${text}`);
    assert.equal(await code({ title: 'a', body: text }), plain, `body ${text}`);
  }
});

test('[trap] quotes and dollars reach PowerShell unchanged', async () => {
  for (const text of NASTY.filter((line) => !line.includes('\n'))) {
    const found = texts((await only('win32', { title: 'a', body: text })).args);
    assert.ok(found.some((value) => value.includes(text)), text);
  }
});

test('[trap] on linux without a display nothing is started', async () => {
  noDisplay();
  const { result, calls } = await send('linux', { title: 'a', body: 'b' });
  assert.equal(result, false);
  assert.deepEqual(calls, []);
});

test('[trap] on an unknown platform nothing is started', async () => {
  for (const platform of ['aix', 'freebsd', 'constructor']) {
    const { result, calls } = await send(platform, { title: 'a', body: 'b' });
    assert.equal(result, false);
    assert.deepEqual(calls, []);
  }
});

test('[trap] a notifier that hangs is given up', async () => {
  const { notify }: any = await import('../src/notify.ts');
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, 5_000, 'still waiting');
  });
  const never = () => new Promise(() => {});
  const result = await Promise.race([notify({ title: 'a', body: 'b' }, { platform: 'linux', run: never }), late]);
  clearTimeout(timer);
  assert.equal(result, false);
});

async function job(ms: number, options: { work?: () => Promise<unknown>; notify?: (message: Message) => unknown } = {}) {
  const { runJob }: any = await import('../src/runner.ts');
  const messages: Message[] = [];
  const notify = (message: Message) => {
    messages.push(message);
    return options.notify ? options.notify(message) : Promise.resolve(true);
  };
  let first = true;
  const now = () => {
    const time = first ? 0 : ms;
    first = false;
    return time;
  };
  const outcome = await runJob('nightly', options.work ?? (async () => 1), { now, log: () => {}, notify });
  return { outcome, messages };
}

test('a long job is notified once with its name and time, a short one is not', async () => {
  const long = await job(125_000);
  assert.deepEqual(long.messages.map(({ title, body }) => ({ title, body })), [{ title: 'nightly', body: 'done in 2m 5s' }]);
  assert.deepEqual((await job(5_000)).messages, []);
});

test('[edit] a job of half a minute is a long one', async () => {
  const { messages } = await job(30_000);
  assert.deepEqual(messages.map(({ body }) => body), ['done in 30s']);
});

test('[trap] a notify that fails does not change the outcome', async () => {
  const error = new Error('job');
  const failing = [
    () => {
      throw new Error('no screen');
    },
    () => Promise.reject(new Error('no screen')),
  ];
  for (const notify of failing) {
    const good = await job(125_000, { notify });
    assert.deepEqual(good.outcome, { name: 'nightly', ok: true, ms: 125_000 });
    const bad = await job(125_000, { notify, work: () => Promise.reject(error) });
    assert.deepEqual(bad.outcome, { name: 'nightly', ok: false, ms: 125_000, error });
    assert.deepEqual(bad.messages.map(({ body }) => body), ['failed after 2m 5s']);
  }
});
