-- Looks up values that may change.
-- KEYS: the account's changing values. ARGV: their fields.
-- Returns: the clock's milliseconds, position above which states count, position above which lists count, the values.
local time = redis.call('TIME')
local head = redis.call('HMGET', KEYS[1], 'F', 'L')
return { string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)), head[1], head[2],
  redis.call('HMGET', KEYS[1], unpack(ARGV)) }
