import { runCommand } from './command.ts';
import { runJob } from './runner.ts';

const [name, dashes, command, ...args] = process.argv.slice(2);
if (!name || dashes !== '--' || !command) {
  console.error('usage: node src/main.ts <name> -- <command> [arguments]');
  process.exit(2);
}

const outcome = await runJob(name, async () => {
  const { code } = await runCommand(command, args);
  if (code !== 0) throw new Error(`ended with code ${code}`);
});
process.exitCode = outcome.ok ? 0 : 1;
