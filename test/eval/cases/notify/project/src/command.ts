import { spawn } from 'node:child_process';

export type Run = (command: string, args: string[]) => Promise<{ code: number | null }>;

/** Starts a program without a shell. Rejects if it cannot be started. */
export const runCommand: Run = (command, args) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code }));
  });
