-- Keeps values that never change, unless their emails are gone, within the weight of an account: the oldest give way.
-- KEYS: the account's states, the ages of its values, their weights, then one key for each value.
-- ARGV: position of the reading, the most weight, milliseconds to keep, then for each value: the mark of its email where that is gone, what
--   its key is called after the account (17 octets), its field or nothing, its octets.
-- Returns: the weight of the account.
local position = tonumber(ARGV[1])
local floor = redis.call('HGET', KEYS[1], 'F')
if redis.call('EXISTS', KEYS[2]) == 0 or redis.call('EXISTS', KEYS[3]) == 0 then
  redis.call('UNLINK', KEYS[2], KEYS[3])
end
local weight = tonumber(redis.call('HGET', KEYS[3], '') or '0')
-- Without a line nobody knows what went meanwhile.
if not floor or position < tonumber(floor) then
  return { weight }
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 4, #KEYS do
  local at = 4 + (i - 4) * 4
  local gone = redis.call('HGET', KEYS[1], ARGV[at])
  if not gone or tonumber(gone) <= position then
    local field, octets = ARGV[at + 2], ARGV[at + 3]
    if field == '' then
      redis.call('SET', KEYS[i], octets, 'PX', ARGV[3])
    else
      redis.call('HSET', KEYS[i], field, octets)
      redis.call('PEXPIRE', KEYS[i], ARGV[3])
    end
    local member = ARGV[at + 1] .. field
    local size = #octets + 150
    weight = weight + size - tonumber(redis.call('HGET', KEYS[3], member) or '0')
    redis.call('ZADD', KEYS[2], now, member)
    redis.call('HSET', KEYS[3], member, size)
  end
end
local pops = 0
while weight > tonumber(ARGV[2]) and pops < 1000 do
  local oldest = redis.call('ZPOPMIN', KEYS[2])[1]
  if not oldest then
    weight = 0
    break
  end
  local key = string.sub(KEYS[2], 1, -2) .. string.sub(oldest, 1, 17)
  if #oldest > 17 then
    redis.call('HDEL', key, string.sub(oldest, 18))
  else
    redis.call('UNLINK', key)
  end
  weight = weight - tonumber(redis.call('HGET', KEYS[3], oldest) or '0')
  redis.call('HDEL', KEYS[3], oldest)
  pops = pops + 1
end
redis.call('HSET', KEYS[3], '', string.format('%.0f', weight))
redis.call('PEXPIRE', KEYS[2], ARGV[3])
redis.call('PEXPIRE', KEYS[3], ARGV[3])
return { weight }
