// Bundles the extension and packs it as a .vsix, the zip that `code --install-extension` takes.
//
// The same sources give the same bytes: files in a fixed order, with a fixed date. Run `npm ci` first.
import { build } from 'esbuild';
import { readFileSync, writeFileSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';

const here = new URL('.', import.meta.url);
const read = (name) => readFileSync(new URL(name, here));
const manifest = JSON.parse(read('package.json'));

const escape = (text) => text.replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`);

// What is installed: nothing of how it is built.
function installed() {
  const { scripts, devDependencies, private: _, ...rest } = manifest;
  return JSON.stringify(rest, null, 2);
}

const vsixManifest = () => `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${manifest.name}" Version="${manifest.version}" Publisher="${manifest.publisher}" />
    <DisplayName>${escape(manifest.displayName)}</DisplayName>
    <Description xml:space="preserve">${escape(manifest.description)}</Description>
    <Tags>${escape(manifest.keywords.join(','))}</Tags>
    <Categories>${escape(manifest.categories.join(','))}</Categories>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${escape(manifest.engines.vscode)}" />
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace" />
    </Properties>
    <License>extension/LICENSE.txt</License>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code" /></Installation>
  <Dependencies />
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true" />
  </Assets>
</PackageManifest>
`;

const contentTypes = `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension="js" ContentType="application/javascript" />
  <Default Extension="json" ContentType="application/json" />
  <Default Extension="md" ContentType="text/markdown" />
  <Default Extension="txt" ContentType="text/plain" />
  <Default Extension="vsixmanifest" ContentType="text/xml" />
</Types>
`;

async function bundle() {
  const result = await build({
    entryPoints: [new URL('extension.src.js', here).pathname],
    absWorkingDir: here.pathname,
    bundle: true,
    external: ['vscode'],
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    legalComments: 'inline',
    write: false,
  });
  return Buffer.from(result.outputFiles[0].contents);
}

/** A zip of `[name, bytes]` pairs. */
export function zip(files) {
  // 1 January 2024, in the form of DOS.
  const [time, date] = [0, (44 << 9) | (1 << 5) | 1];
  const [parts, directory] = [[], []];
  let offset = 0;
  for (const [name, bytes] of files) {
    const title = Buffer.from(name);
    const packed = deflateRawSync(bytes, { level: 9 });
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x0800, 2);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt16LE(time, 6);
    facts.writeUInt16LE(date, 8);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(title.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), facts, title, packed);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, tail, title);
    offset += 30 + title.length + packed.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, index, end]);
}

/** The bytes of the package. */
export async function vsix() {
  const files = {
    'extension.vsixmanifest': Buffer.from(vsixManifest()),
    '[Content_Types].xml': Buffer.from(contentTypes),
    'extension/package.json': Buffer.from(installed()),
    'extension/extension.js': await bundle(),
    'extension/grammar.json': read('grammar.json'),
    'extension/language-configuration.json': read('language-configuration.json'),
    'extension/README.md': read('README.md'),
    'extension/LICENSE.txt': read('../../LICENSE-MIT'),
  };
  return zip(Object.entries(files));
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const name = `${manifest.name}-${manifest.version}.vsix`;
  const bytes = await vsix();
  writeFileSync(new URL(name, here), bytes);
  console.log(`${name}: ${bytes.length} bytes`);
}
