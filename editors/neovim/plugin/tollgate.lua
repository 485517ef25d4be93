-- Serves policy documents with the defaults; `require('tollgate').setup { … }` replaces them.
if vim.g.loaded_tollgate then return end
vim.g.loaded_tollgate = true
require('tollgate').setup()
