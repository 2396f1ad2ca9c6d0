/** A Chromium to drive: the one named, one that is installed, or one from apt where this process may install it. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runChild } from '../../../scripts/lib/process.mjs';
import { StepError, say } from '../../../scripts/lib/say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge', 'msedge', 'chrome'];
const PLACES = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].flatMap((tail) =>
    ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => path.join(process.env[name] ?? 'C:\\', tail)),
  ),
};

const ADVICE = 'install Chromium or Chrome (Debian: apt-get install chromium), or name one with CHROME_PATH.';

/** Chromium's flags for a machine without a display; the sandbox needs rights that containers rarely give. */
export const BROWSER_FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/**
 * The path of a Chromium, installed by apt-get where that is possible (root on Debian).
 *
 * @returns the path, or a sentence that says why there is none and what to do
 */
export async function findBrowser() {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (executable(named)) return { path: named };
    throw new StepError(
      'looking for a browser',
      `CHROME_PATH is ${named}, which cannot be run`,
      'set it to the path of Chromium or Chrome, or unset it.',
    );
  }
  const installed = installedBrowser();
  if (installed !== null) return { path: installed };
  if (!mayUseApt()) return { missing: `no Chromium on this machine: ${ADVICE}` };
  say('Installing Chromium with apt-get (once; about 115 MB to download) …');
  const problem = await aptInstall(['chromium', 'fonts-dejavu-core']);
  const found = installedBrowser();
  return found === null
    ? { missing: `apt-get could not install Chromium (${problem ?? 'it is not on the path afterwards'}): ${ADVICE}` }
    : { path: found };
}

function installedBrowser() {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name + suffix))), ...(PLACES[process.platform] ?? [])];
  return candidates.find((file) => executable(file) && !snapStub(file)) ?? null;
}

function executable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Ubuntu's chromium package is a script that asks for snap, which containers lack. */
function snapStub(file) {
  return fs.statSync(file).size < 10_000 && fs.readFileSync(file, 'utf8').includes('/snap/bin/') && !fs.existsSync('/snap/bin/chromium');
}

/** Root on Debian or a child of it with a real chromium package; Ubuntu's wants snap. */
function mayUseApt() {
  if (process.platform !== 'linux' || os.userInfo().uid !== 0 || !fs.existsSync('/usr/bin/apt-get')) return false;
  const release = fs.existsSync('/etc/os-release') ? fs.readFileSync('/etc/os-release', 'utf8') : '';
  return !/^ID=["']?ubuntu/m.test(release);
}

/** Installs; when the package lists are missing or old, updates them first. Returns what went wrong, or null. */
async function aptInstall(packages) {
  const apt = (args) =>
    runChild('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, quiet: true });
  const install = () => apt(['install', '-y', '--no-install-recommends', ...packages]);
  const first = await install();
  if (first.code === 0) return null;
  const update = await apt(['update']);
  if (update.code !== 0) return lastLine(update.output);
  const second = await install();
  return second.code === 0 ? null : lastLine(second.output);
}

function lastLine(output) {
  return output.trim().split('\n').at(-1) ?? '';
}
