-- Neovim's own client against `plimsoll lsp`: diagnostics, a quick fix, hover, and an ignore
-- comment in a real buffer. Ends with status 0 when all of it was seen (editor_test.cc runs it).

local buffer = vim.api.nvim_get_current_buf()
vim.bo[buffer].filetype = 'dockerfile'

local function fail(what)
  io.stderr:write('neovim: ' .. what .. '\n')
  vim.cmd('cquit 1')
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
end

local function codes()
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
    local code = diagnostic.code or diagnostic.user_data.lsp.code
    found[code] = diagnostic
  end
  return found
end

local function wait_until(what, condition)
  if not vim.wait(20000, condition, 10) then
    fail(what .. ' did not happen; the buffer is\n' .. text() .. '\n' .. vim.inspect(codes()))
  end
end

local function request(method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 10000)
  for _, answer in pairs(answers or {}) do
    if answer.result then return answer.result end
  end
  fail(method .. ' was not answered')
end

local client = vim.lsp.start_client({
  name = 'plimsoll',
  cmd = { vim.env.PLIMSOLL, 'lsp' },
  root_dir = vim.env.ROOT,
  init_options = { rules = { 'maintainer-deprecated', 'base-image-latest' } },
})
if not client then fail('the server did not start') end
vim.lsp.buf_attach_client(buffer, client)

wait_until('the first diagnostic', function() return codes()['maintainer-deprecated'] ~= nil end)
local first = codes()['maintainer-deprecated']
-- Neovim counts bytes: MAINTAINER, a blank, one character of three bytes and one of four.
if first.lnum ~= 1 or first.col ~= 0 or first.end_col ~= 18 then
  fail('the diagnostic stands elsewhere: ' .. vim.inspect(first))
end
if first.severity ~= vim.diagnostic.severity.HINT then fail('the severity is another') end

vim.api.nvim_win_set_cursor(0, { 2, 3 })
local position = vim.lsp.util.make_position_params()
local hover = request('textDocument/hover', position)
if not hover.contents.value:find('MAINTAINER is deprecated', 1, true) then
  fail('the hover says something else: ' .. vim.inspect(hover))
end

local function act(title)
  local params = vim.lsp.util.make_range_params()
  params.context = { diagnostics = {} }
  for _, action in ipairs(request('textDocument/codeAction', params)) do
    if action.title:find(title, 1, true) then
      local encoding = vim.lsp.get_client_by_id(client).offset_encoding
      vim.lsp.util.apply_workspace_edit(action.edit, encoding)
      return
    end
  end
  fail('no code action is called ' .. title)
end

act('LABEL')
local label = 'LABEL org.opencontainers.image.authors="漢😀"'
if text() ~= 'FROM debian:13\n' .. label .. '\nUSER 1000' then fail('fixed it is\n' .. text()) end
wait_until('silence after the fix', function() return vim.tbl_isempty(codes()) end)

vim.api.nvim_buf_set_text(buffer, 0, 12, 0, 14, { 'latest' })
wait_until('the diagnostic of an edit', function() return codes()['base-image-latest'] ~= nil end)
vim.api.nvim_win_set_cursor(0, { 1, 8 })
act('ignore base-image-latest')
if not text():find('^# plimsoll ignore=base%-image%-latest') then fail('ignored it is\n' .. text()) end
wait_until('silence after the comment', function() return vim.tbl_isempty(codes()) end)

io.stderr:write('neovim: all seen\n')
vim.lsp.stop_client(client)
vim.wait(2000, function() return vim.lsp.get_client_by_id(client) == nil end, 10)
vim.cmd('qall!')
