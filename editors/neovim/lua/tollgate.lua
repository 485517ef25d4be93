-- Starts `tollgate lsp` for policy documents. Neovim 0.7 and later.
local M = {}

-- The folders and files that an APIM instance has at its root.
local markers = {
  'apis', 'products', 'backends', 'named values', 'namedValues', 'policy fragments', 'policyFragments', 'version sets',
  'versionSets', 'workspaces',
}

-- The elements that a policy document may begin with.
local roots = { 'policies', 'fragment', 'inbound', 'backend', 'outbound', 'on-error' }

--- The folder of the instance that `file` belongs to; its own folder where there is none.
function M.root(file)
  local own = vim.fn.fnamemodify(file, ':p:h')
  local folder, found = own, own
  while true do
    for _, marker in ipairs(markers) do
      if vim.fn.isdirectory(folder .. '/' .. marker) == 1 then found = folder end
    end
    local above = vim.fn.fnamemodify(folder, ':h')
    if above == folder or vim.fn.isdirectory(folder .. '/.git') == 1 then return found end
    folder = above
  end
end

--- Whether a buffer holds a policy document: what its first element is called tells.
function M.is_policy(buffer)
  local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, 200, false), '\n')
  text = text:gsub('<!%-%-.-%-%->', ''):gsub('<%?.-%?>', '')
  local name = text:match('<([%w%-]+)')
  -- A new file called like a policy is one.
  if not name then return vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':t') == 'policy.xml' end
  return vim.tbl_contains(roots, name)
end

local clients = {}

--- Attaches the server to a buffer, starting it where none serves the buffer's instance yet.
function M.attach(buffer, options)
  local config = vim.tbl_extend('force', {
    name = 'tollgate',
    cmd = { vim.env.TOLLGATE or 'tollgate', 'lsp' },
    root_dir = M.root(vim.api.nvim_buf_get_name(buffer)),
  }, options or {})
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  local client = clients[config.root_dir]
  if not client or vim.lsp.client_is_stopped(client) then
    client = vim.lsp.start_client(config)
    clients[config.root_dir] = client
  end
  if client then vim.lsp.buf_attach_client(buffer, client) end
end

--- Attaches the server to every policy document from now on. `options` go to Neovim's client: `cmd`, `on_attach`…
function M.setup(options)
  local group = vim.api.nvim_create_augroup('tollgate', { clear = true })
  vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
    group = group,
    pattern = '*.xml',
    callback = function(event)
      local buffer = event.buf or vim.api.nvim_get_current_buf()
      if M.is_policy(buffer) then M.attach(buffer, options) end
    end,
  })
end

return M
