-- Says that values have changed.
-- KEYS: the account's changing values, the list of its touches.
-- ARGV: floor, milliseconds to keep, 1 where everything is touched, what others are told, the channel, the account on it, how many touches
--   are remembered, most fields, then the fields of states.
-- Returns: the position of the touch.
local time = redis.call('TIME')
local micros = time[1] * 1000000 + time[2]
local line = tonumber(redis.call('HGET', KEYS[1], 'S') or '0')
local fresh = line == 0
line = math.max(line + 1, micros, tonumber(ARGV[1]) + 1)
local text = string.format('%016.0f', line)
if fresh or ARGV[3] == '1' or redis.call('HLEN', KEYS[1]) > tonumber(ARGV[8]) then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'S', text, 'F', text, 'L', text)
else
  redis.call('HSET', KEYS[1], 'S', text, 'L', text)
  for i = 9, #ARGV do
    redis.call('HSET', KEYS[1], ARGV[i], text)
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('LPUSH', KEYS[2], text .. ARGV[4])
redis.call('LTRIM', KEYS[2], 0, tonumber(ARGV[7]) - 1)
redis.call('PEXPIRE', KEYS[2], ARGV[2])
redis.call('PUBLISH', ARGV[5], ARGV[6])
return { text }
