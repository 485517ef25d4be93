//! Neovim, headless, with the settings of `editors/neovim`.

use std::fs;
use std::path::Path;
use std::process::Command;

/// What Neovim does: it opens the document, waits for findings, asks for completion and hover, and applies the first fix.
const SCRIPT: &str = r#"
local out = {}
local function wait(what, is_done)
  if not vim.wait(20000, is_done, 20) then out.failed = what end
end
local ok, message = pcall(function()
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.DOCUMENT))
  wait('findings', function() return #vim.diagnostic.get(0) > 0 end)
  local codes = {}
  for _, found in ipairs(vim.diagnostic.get(0)) do
    table.insert(codes, found.code or (found.user_data and found.user_data.lsp and found.user_data.lsp.code) or found.message)
  end
  out.findings = codes
  local function ask(method, params)
    local answers = vim.lsp.buf_request_sync(0, method, params, 20000) or {}
    for _, answer in pairs(answers) do return answer.result end
  end
  local document = { uri = vim.uri_from_bufnr(0) }
  local offered = ask('textDocument/completion', { textDocument = document, position = { line = 3, character = 1 } })
  out.offered = {}
  for _, item in ipairs(offered.items or offered) do table.insert(out.offered, item.label) end
  out.hover = ask('textDocument/hover', { textDocument = document, position = { line = 2, character = 24 } }).contents.value
  local range = { start = { line = 2, character = 3 }, ['end'] = { line = 2, character = 3 } }
  local actions = ask('textDocument/codeAction', { textDocument = document, range = range, context = { diagnostics = {} } })
  vim.lsp.util.apply_workspace_edit(actions[1].edit, 'utf-16')
  out.line = vim.api.nvim_buf_get_lines(0, 2, 3, false)[1]
end)
if not ok then out.failed = message end
vim.fn.writefile({ vim.fn.json_encode(out) }, vim.env.RESULT)
vim.cmd('qall!')
"#;

#[test]
fn neovim_shows_findings_and_applies_a_fix() {
    if Command::new("nvim").arg("--version").output().is_err() {
        eprintln!("skipped: nvim is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (api, _) = crate::instance(folder.path());
    let text =
        "<policies>\n<inbound>\n<set-heder name=\"{{host}}\" exists-action=\"delete\" />\n<\n</inbound>\n</policies>\n";
    fs::write(&api, text).unwrap();
    let script = folder.path().join("script.lua");
    fs::write(&script, SCRIPT).unwrap();
    let result = folder.path().join("result.json");
    let settings = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../editors/neovim");
    let run = Command::new("nvim")
        .args(["--headless", "-u", "NONE", "-i", "NONE", "-n"])
        .args(["--cmd", &format!("set runtimepath^={}", settings.display())])
        .args(["--cmd", "runtime plugin/tollgate.lua"])
        .args(["--cmd", "filetype on"])
        .args(["-c", &format!("luafile {}", script.display())])
        .env("TOLLGATE", env!("CARGO_BIN_EXE_tollgate"))
        .env("DOCUMENT", &api)
        .env("RESULT", &result)
        .env("XDG_STATE_HOME", folder.path())
        .env("XDG_CACHE_HOME", folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    let result = fs::read_to_string(&result).unwrap_or_else(|error| panic!("{error}: {said}"));
    let result: serde_json::Value = serde_json::from_str(&result).unwrap();
    assert!(result["failed"].is_null(), "{result} {said}");
    assert!(result["findings"].as_array().unwrap().iter().any(|code| code == "policy/unknown-policy"), "{result}");
    assert!(result["offered"].as_array().unwrap().iter().any(|label| label == "set-header"), "{result}");
    assert!(result["hover"].as_str().unwrap().contains("example.org"), "{result}");
    assert_eq!(result["line"], "<set-header name=\"{{host}}\" exists-action=\"delete\" />");
}
