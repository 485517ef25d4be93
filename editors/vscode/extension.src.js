// Starts `tollgate lsp` and hands policy documents to it. Everything else is the server's.
'use strict';

const vscode = require('vscode');
const { LanguageClient, TransportKind } = require('vscode-languageclient/node');

let client;

function start() {
  const command = vscode.workspace.getConfiguration('tollgate').get('path') || 'tollgate';
  client = new LanguageClient(
    'tollgate',
    'Tollgate',
    { command, args: ['lsp'], transport: TransportKind.stdio },
    { documentSelector: [{ language: 'apim-policy' }] },
  );
  return client.start().catch((error) => {
    vscode.window.showErrorMessage(`Tollgate: \`${command} lsp\` does not start: ${error.message}. The setting tollgate.path names the program.`);
  });
}

async function stop() {
  const running = client;
  client = undefined;
  // A server that never started cannot be stopped.
  if (running && running.needsStop()) await running.stop();
}

async function restart() {
  await stop();
  await start();
}

exports.activate = (context) => {
  context.subscriptions.push(
    vscode.commands.registerCommand('tollgate.restart', restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('tollgate.path')) restart();
    }),
  );
  return start();
};

exports.deactivate = stop;
