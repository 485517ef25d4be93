// The package: what is in it, that it is made the same twice, and that its bundle starts the server.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync, chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { crc32, inflateRawSync } from 'node:zlib';
import { vsix } from './package.mjs';

/** The files of a zip by their names. */
function unzip(bytes) {
  const files = new Map();
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [sum, packed, size, title] = [16, 20, 24].map((o) => bytes.readUInt32LE(at + o)).concat(bytes.readUInt16LE(at + 28));
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = inflateRawSync(bytes.subarray(start, start + packed));
    assert.equal(content.length, size);
    assert.equal(crc32(content), sum);
    files.set(bytes.toString('utf8', at + 46, at + 46 + title), content);
    at += 46 + title + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

/** Something that can be called, constructed and asked for anything. */
function anything(known = {}) {
  const made = new Map(Object.entries(known));
  const proxy = new Proxy(class {}, {
    get(target, key) {
      if (made.has(key)) return made.get(key);
      if (key === 'prototype') return target.prototype;
      if (typeof key === 'symbol' || key === 'then') return undefined;
      made.set(key, anything());
      return made.get(key);
    },
    apply: () => anything({ dispose() {} }),
    // What derives from it is made as it says.
    construct: (target, given, made) => (made === proxy ? anything() : Reflect.construct(target, given, made)),
  });
  return proxy;
}

test('the same sources give the same package', async () => {
  assert.ok((await vsix()).equals(await vsix()));
});

test('the package holds what its manifests name', async () => {
  const files = unzip(await vsix());
  const manifest = JSON.parse(files.get('extension/package.json'));
  const named = [
    manifest.main,
    ...manifest.contributes.languages.map((language) => language.configuration),
    ...manifest.contributes.grammars.map((grammar) => grammar.path),
  ];
  for (const name of named) assert.ok(files.has(join('extension', name)), name);
  const paths = [...files.get('extension.vsixmanifest').toString().matchAll(/Path="([^"]+)"/g)].map((match) => match[1]);
  assert.ok(paths.length >= 3);
  for (const path of paths) assert.ok(files.has(path), path);
  const first = new RegExp(manifest.contributes.languages[0].firstLine);
  for (const text of ['<policies>', '  <fragment>', '<policies />']) assert.match(text, first);
  for (const text of ['<project>', '<policiesx>', 'policies']) assert.doesNotMatch(text, first);
  for (const name of ['grammar.json', 'language-configuration.json']) JSON.parse(files.get(`extension/${name}`));
});

test('the bundle starts the server that the setting names', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-'));
  const [server, said, bundle] = ['server', 'said', 'extension.cjs'].map((name) => join(folder, name));
  // Stands for tollgate: notes how it was started and what was said first.
  writeFileSync(server, `#!${process.execPath}
    const { writeFileSync } = require('node:fs');
    process.stdin.once('data', (data) => { writeFileSync(${JSON.stringify(said)}, process.argv.slice(2).join(' ') + '\\n' + data); process.exit(0); });
  `);
  chmodSync(server, 0o755);
  writeFileSync(bundle, unzip(await vsix()).get('extension/extension.js'));
  // In a process of its own, because the stand-in editor does not live up to a whole session: what counts is what the
  // server was told first.
  const driver = join(folder, 'driver.cjs');
  writeFileSync(driver, `
    ${anything}
    const configuration = { get: (key) => (key === 'path' ? ${JSON.stringify(server)} : undefined) };
    const workspace = { getConfiguration: () => configuration, workspaceFolders: undefined, textDocuments: [], notebookDocuments: [] };
    const vscode = anything({
      version: '1.91.0',
      workspace: anything(workspace),
      env: anything({ language: 'en', appName: 'test' }),
      extensions: anything({ getExtension: () => undefined }),
    });
    const { Module } = require('node:module');
    const load = Module._load;
    Module._load = (name, ...rest) => (name === 'vscode' ? vscode : load(name, ...rest));
    require(${JSON.stringify(bundle)}).activate({ subscriptions: [] });
  `);
  const editor = spawn(process.execPath, [driver], { stdio: 'ignore' });
  try {
    const until = Date.now() + 10_000;
    while (!existsSync(said) && Date.now() < until) await new Promise((done) => setTimeout(done, 20));
    const [started, ...first] = readFileSync(said, 'utf8').split('\n');
    assert.match(started, /^lsp\b/);
    assert.match(first.join('\n'), /"method":"initialize"/);
  } finally {
    editor.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});
