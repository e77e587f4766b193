-- Looks up values that may change.
-- KEYS: the account's states, its lists. ARGV: how many fields of states come first, then the fields of states and those of lists.
-- Returns: the clock's milliseconds, position from which on states count, position from which on lists count, the states, the lists.
local time = redis.call('TIME')
local head = redis.call('HMGET', KEYS[1], 'F', 'L')
local states = tonumber(ARGV[1])
local answer = { string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)), head[1], head[2], {}, {} }
if states > 0 then
  answer[4] = redis.call('HMGET', KEYS[1], unpack(ARGV, 2, states + 1))
end
if #ARGV > states + 1 then
  answer[5] = redis.call('HMGET', KEYS[2], unpack(ARGV, states + 2))
end
return answer
