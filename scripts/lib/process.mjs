/** Child processes: run to the end, with our signals passed on, and never left behind. */
import { spawn } from 'node:child_process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program with our terminal and waits for it. Ctrl+C reaches a child in the foreground from the terminal itself; other signals are
 * passed on. Once the child has ended for it, so do we: nothing goes on after a Ctrl+C.
 *
 * @param options node:child_process options; `quiet` collects the output instead of showing it; `stands` for a child that is this very
 *   command, whose code is then ours
 * @returns exit code (128 + n for a signal) and, when quiet, what was printed
 */
export function runChild(command, args, { quiet = false, stands = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit', ...options });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    const forwarding = forwardSignals(child);
    child.on('error', (error) => {
      forwarding.stop();
      reject(error);
    });
    child.on('close', (code, signal) => {
      forwarding.stop();
      if (forwarding.seen !== null && !stands) process.exit(128 + signalNumber[forwarding.seen]);
      resolve({ code: code ?? 128 + (signalNumber[signal] ?? 0), output });
    });
  });
}

const signalNumber = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

function forwardSignals(child) {
  const handlers = SIGNALS.map((signal) => [
    signal,
    () => {
      forwarding.seen = signal;
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    },
  ]);
  const forwarding = {
    seen: null,
    stop() {
      for (const [signal, handler] of handlers) process.off(signal, handler);
    },
  };
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return forwarding;
}

/**
 * Ends a child: asked first, then made to.
 *
 * @param patience milliseconds between the two
 */
export function endChild(child, patience = 3_000) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** Resolves at the first Ctrl+C or request to end; later ones are ignored, so that ending can end. */
export function untilStopped() {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.on(signal, () => resolve(signal));
  });
}
