-- Keeps values that never change, within the weight of an account: the oldest give way.
-- KEYS: the ages of the account's keys, their weight, then one key for each value.
-- ARGV: the most weight, milliseconds to keep, then for each value: what the key is called after its account, its field or nothing, its octets.
-- Returns: the weight of the account.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local weight = tonumber(redis.call('GET', KEYS[2]) or '0')
if redis.call('EXISTS', KEYS[1]) == 0 then
  weight = 0
end
for i = 3, #KEYS do
  local at = 3 + (i - 3) * 3
  local name, field, octets = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  if field == '' then
    redis.call('SET', KEYS[i], octets, 'PX', ARGV[2])
  else
    redis.call('HSET', KEYS[i], field, octets)
    redis.call('PEXPIRE', KEYS[i], ARGV[2])
  end
  local size = #octets + 100
  if redis.call('ZADD', KEYS[1], now, size .. ':' .. name) == 1 then
    weight = weight + size
  end
end
while weight > tonumber(ARGV[1]) do
  local oldest = redis.call('ZPOPMIN', KEYS[1])[1]
  if not oldest then
    weight = 0
    break
  end
  local size, name = string.match(oldest, '^(%d+):(.*)$')
  redis.call('UNLINK', string.sub(KEYS[1], 1, -2) .. name)
  weight = weight - tonumber(size)
end
redis.call('SET', KEYS[2], string.format('%.0f', weight), 'PX', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return { weight }
