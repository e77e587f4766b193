-- Keeps values that never change, within the weight of an account: the oldest give way.
-- KEYS[3..]: one for each value.
-- ARGV: the most weight, milliseconds to keep, the tenant or nothing, then for each value: what the key is called after its account, its field
--   or nothing, its octets.
-- Returns: the weight of the account.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local bound, kept = tonumber(ARGV[1]), tonumber(ARGV[2])
drop(redis.call('ZRANGEBYSCORE', ages, '-inf', string.format('%.0f', now - kept * 1000), 'LIMIT', 0, 200))
for i = 3, #KEYS do
  local at = 4 + (i - 3) * 3
  local name, field, octets = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local before = tonumber(redis.call('HGET', sizes, name)) or 0
  local size = #octets + OVERHEAD
  if field == '' then
    redis.call('SET', KEYS[i], octets, 'PX', kept)
  else
    if before == 0 then
      -- Nobody knows its weight.
      redis.call('UNLINK', KEYS[i])
    elseif redis.call('EXISTS', KEYS[i]) == 1 then
      size = size + before
      if redis.call('HEXISTS', KEYS[i], field) == 1 then
        size = size - redis.call('HSTRLEN', KEYS[i], field) - OVERHEAD
      end
    end
    redis.call('HSET', KEYS[i], field, octets)
    redis.call('PEXPIRE', KEYS[i], kept)
  end
  redis.call('HSET', sizes, name, size)
  redis.call('ZADD', ages, string.format('%.0f', now), name)
  weight = weight + size - before
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
