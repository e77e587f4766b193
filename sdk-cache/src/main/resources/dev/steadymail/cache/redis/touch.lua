-- Says that values have changed, or are gone.
-- KEYS: the account's states, its lists, the list of its touches, then keys that are gone.
-- ARGV: floor, milliseconds to keep, 1 where everything is touched, what others are told, the channel, the account on it, how many touches
--   are remembered, most states, then the fields of states (s) and of emails that are gone (x).
-- Returns: the position of the touch.
local time = redis.call('TIME')
local micros = time[1] * 1000000 + time[2]
local line = tonumber(redis.call('HGET', KEYS[1], 'S') or '0')
local fresh = line == 0
line = math.max(line + 1, micros, tonumber(ARGV[1]) + 1)
local text = string.format('%016.0f', line)
if fresh or ARGV[3] == '1' or redis.call('HLEN', KEYS[1]) > tonumber(ARGV[8]) then
  redis.call('UNLINK', KEYS[1])
  redis.call('HSET', KEYS[1], 'S', text, 'F', text, 'L', text)
else
  redis.call('HSET', KEYS[1], 'S', text, 'L', text)
  for i = 9, #ARGV do
    redis.call('HSET', KEYS[1], ARGV[i], text)
  end
end
redis.call('UNLINK', KEYS[2])
for i = 4, #KEYS do
  redis.call('UNLINK', KEYS[i])
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('LPUSH', KEYS[3], text .. ARGV[4])
redis.call('LTRIM', KEYS[3], 0, tonumber(ARGV[7]) - 1)
redis.call('PEXPIRE', KEYS[3], ARGV[2])
-- Who may not use the channel has done the rest.
redis.pcall('PUBLISH', ARGV[5], ARGV[6])
return { text }
