-- Keeps values that never change, unless their emails are gone, within the weight of an account: the oldest give way.
-- KEYS[3]: the account's states. KEYS[4..]: one for each value.
-- ARGV: the most weight, milliseconds to keep, the tenant or nothing, the position of the reading, then for each value: the mark of its email
--   where that is gone, what the key is called after its account, its field or nothing, its octets.
-- Returns: the weight of the account.
local position = tonumber(ARGV[4])
local floor = redis.call('HGET', KEYS[3], 'F')
-- Without a line nobody knows what went meanwhile.
if not floor or position < tonumber(floor) then
  return { string.format('%.0f', weight) }
end
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local bound, kept = tonumber(ARGV[1]), tonumber(ARGV[2])
drop(redis.call('ZRANGEBYSCORE', ages, '-inf', string.format('%.0f', now - kept * 1000), 'LIMIT', 0, 200))

local function keep(key, name, field, octets)
  local before = tonumber(redis.call('HGET', sizes, name)) or 0
  local size = #octets + OVERHEAD
  if field == '' then
    redis.call('SET', key, octets, 'PX', kept)
  else
    if before == 0 then
      -- Nobody knows its weight.
      redis.call('UNLINK', key)
    elseif redis.call('EXISTS', key) == 1 then
      size = size + before
      if redis.call('HEXISTS', key, field) == 1 then
        size = size - redis.call('HSTRLEN', key, field) - OVERHEAD
      end
    end
    redis.call('HSET', key, field, octets)
    redis.call('PEXPIRE', key, kept)
  end
  redis.call('HSET', sizes, name, size)
  redis.call('ZADD', ages, string.format('%.0f', now), name)
  weight = weight + size - before
end

for i = 4, #KEYS do
  local at = 5 + (i - 4) * 4
  local gone = redis.call('HGET', KEYS[3], ARGV[at])
  if not gone or tonumber(gone) <= position then
    keep(KEYS[i], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3])
  end
end
trim(bound, 10000)
if ARGV[3] == '' then
  redis.call('HDEL', sizes, 't')
else
  redis.call('HSET', sizes, 't', ARGV[3])
end
finish()
redis.call('PEXPIRE', ages, kept)
redis.call('PEXPIRE', sizes, kept)
return { string.format('%.0f', weight) }
