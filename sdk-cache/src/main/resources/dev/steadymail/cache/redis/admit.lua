-- KEYS[3..]: quotas. ARGV[5..]: how many scopes, their names, then for each quota its name, the most that may be used before, the
-- charge and the window.
--
-- A quota is a hash: its life, what is used, the numbers of its oldest and its newest charge, when the newest began, and under
-- each number "time of its last unit, units". Charges within a hundredth of a window are one.
local ALL = 9007199254740992
local SLICES = 100
local SPARE = 1000000
local scopes = tonumber(ARGV[5])

local function longest_pause()
  local members = {}
  for scope = 1, scopes do
    members[scope] = 't' .. ARGV[5 + scope]
    members[scopes + scope] = 'f' .. ARGV[5 + scope]
  end
  local longest, which = now, 0
  for number, score in ipairs(redis.call('ZMSCORE', index, unpack(members))) do
    local ends = tonumber(score) or 0
    if ends > longest then
      longest, which = ends, number
    end
  end
  return which, longest - now
end

local function charge_at(entry)
  local at, units = string.match(entry, '(%d+) (%d+)')
  return tonumber(at), tonumber(units)
end

local function keep(quota, ends)
  redis.call('PEXPIRE', quota.key, text(math.ceil((ends - clock + SPARE) / 1000)))
end

local function read(number)
  local at = 5 + scopes + (number - 1) * 4
  local quota = {
    key = KEYS[2 + number],
    member = 'q' .. ARGV[at + 1],
    most = tonumber(ARGV[at + 2]),
    charge = tonumber(ARGV[at + 3]),
    window = tonumber(ARGV[at + 4])
  }
  local found = redis.call('HMGET', quota.key, 'life', 'used', 'oldest', 'newest', 'first')
  quota.found = found[1]
  quota.used = tonumber(found[2]) or 0
  quota.oldest = tonumber(found[3]) or 1
  quota.newest = tonumber(found[4]) or 0
  quota.first = tonumber(found[5]) or 0
  return quota
end

local restored = 0

-- A quota that was dropped alone counts as full until its last charge leaves: that is all that is known of it.
local function restore(quota)
  local ends = tonumber(redis.call('ZSCORE', index, quota.member)) or 0
  redis.call('DEL', quota.key)
  quota.used, quota.oldest, quota.newest = 0, 1, 0
  if ends > now then
    restored = restored + 1
    quota.used, quota.newest, quota.first = ALL, 1, ends - quota.window
    redis.call('HSET', quota.key, 'life', life, 'used', text(ALL), 'oldest', '1', 'newest', '1',
      'first', text(quota.first), '1', text(quota.first) .. ' ' .. text(ALL))
    keep(quota, ends)
  end
end

local function forget(quota)
  local oldest = quota.oldest
  while quota.oldest <= quota.newest do
    local at, units = charge_at(redis.call('HGET', quota.key, text(quota.oldest)))
    if at + quota.window > now then
      break
    end
    redis.call('HDEL', quota.key, text(quota.oldest))
    quota.oldest = quota.oldest + 1
    quota.used = quota.used - units
  end
  if quota.oldest > oldest then
    redis.call('HSET', quota.key, 'used', text(quota.used), 'oldest', text(quota.oldest))
  end
end

local function wait_for_room(quota)
  local numbers = {}
  for number = quota.oldest, quota.newest do
    numbers[#numbers + 1] = text(number)
  end
  local left, wait = quota.used, 0
  for _, entry in ipairs(redis.call('HMGET', quota.key, unpack(numbers))) do
    if left <= quota.most then
      break
    end
    local at, units = charge_at(entry)
    left = left - units
    wait = at + quota.window - now
  end
  return wait
end

local function delay(quota)
  if quota.found and quota.found ~= life and doubt < born and born + quota.window > now then
    -- It is of a life that nobody who asked so far remembered.
    doubt = born
    redis.call('HSET', head, 'doubt', text(doubt))
  end
  if doubt > 0 and doubt + quota.window > now then
    return doubt + quota.window - now
  end
  if quota.found ~= life then
    restore(quota)
  end
  forget(quota)
  return quota.used > quota.most and wait_for_room(quota) or 0
end

local function charge(quota)
  local units = 0
  if quota.oldest > quota.newest or now - quota.first >= quota.window / SLICES then
    quota.newest = quota.newest + 1
    quota.first = now
  else
    local _, before = charge_at(redis.call('HGET', quota.key, text(quota.newest)))
    units = before
  end
  local ends = now + quota.window
  redis.call('HSET', quota.key, 'life', life, 'used', text(quota.used + quota.charge), 'oldest', text(quota.oldest),
    'newest', text(quota.newest), 'first', text(quota.first),
    text(quota.newest), text(now) .. ' ' .. text(units + quota.charge))
  keep(quota, ends)
  return ends
end

if scopes > 0 then
  local which, left = longest_pause()
  if which > 0 then
    return answer(1, (which - 1) % scopes, which > scopes and 1 or 0, left)
  end
end

local quotas, longest = {}, 0
for number = 1, #KEYS - 2 do
  quotas[number] = read(number)
  longest = math.max(longest, delay(quotas[number]))
end
if longest > 0 then
  return answer(2, longest, restored)
end
if #quotas > 0 then
  local entries, counts_until = {}, 0
  for _, quota in ipairs(quotas) do
    local ends = charge(quota)
    counts_until = math.max(counts_until, ends)
    entries[#entries + 1] = text(ends)
    entries[#entries + 1] = quota.member
  end
  changed(counts_until, entries)
end
return answer(0)
