import type { Run } from './command.ts';
import { PROGRAM_LIMIT_MS } from './limits.ts';

export type Message = { title: string; body: string };
export type NotifyOptions = { platform: string; run: Run };

const APPLESCRIPT = ['on run argv', 'display notification (item 2 of argv) with title (item 1 of argv)', 'end run'];

/** Shows a notification. Resolves to whether it was shown, never rejects. */
export async function notify(message: Message, { platform, run }: NotifyOptions): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, PROGRAM_LIMIT_MS, false);
  });
  try {
    const program = programFor(platform, message);
    if (!program) return false;
    const [command, args] = program;
    const result = await Promise.race([run(command, args), limit]);
    return result !== false && result.code === 0;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function programFor(platform: string, message: Message): [string, string[]] | undefined {
  const { title, body } = message;
  switch (platform) {
    case 'linux':
      if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return undefined;
      return ['notify-send', ['--', title, body]];
    case 'darwin':
      return ['osascript', [...APPLESCRIPT.flatMap((line) => ['-e', line]), '--', title, body]];
    case 'win32':
      return ['powershell.exe', ['-NoProfile', '-NonInteractive', '-EncodedCommand', encode(script(message))]];
    default:
      return undefined;
  }
}

/** Title and body are in the script as base64 only. */
function script({ title, body }: Message): string {
  const text = (value: string) =>
    `[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${Buffer.from(value, 'utf8').toString('base64')}'))`;
  return [
    'Add-Type -AssemblyName System.Windows.Forms',
    'Add-Type -AssemblyName System.Drawing',
    '$icon = New-Object System.Windows.Forms.NotifyIcon',
    '$icon.Icon = [System.Drawing.SystemIcons]::Information',
    '$icon.Visible = $true',
    `$icon.ShowBalloonTip(5000, ${text(title)}, ${text(body)}, 'Info')`,
  ].join('\n');
}

function encode(text: string): string {
  return Buffer.from(text, 'utf16le').toString('base64');
}
