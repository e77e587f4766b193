-- Keeps what a reading brought, as far as no touch came after it began, and gives its claims back.
-- KEYS: the account's states, its lists, then its claims.
-- ARGV: position, milliseconds when it began, urgency and token of its claims, most states, most lists, milliseconds to keep,
--   then field and octets of each value. Fields of states begin with s, those of lists with l.
-- Each is kept as 16 digits of the position, 13 of the time, and the octets; a state that was touched as the digits of the touch alone.
for i = 3, #KEYS do
  if redis.call('GET', KEYS[i]) == ARGV[3] then
    redis.call('DEL', KEYS[i])
  end
end
local head = redis.call('HMGET', KEYS[1], 'F', 'L', 'S')
local position = tonumber(ARGV[1])
-- Without a line nobody knows what was touched meanwhile.
if #ARGV < 7 or not head[1] or position < tonumber(head[1]) then
  return { 0 }
end
if redis.call('HLEN', KEYS[1]) > tonumber(ARGV[4]) then
  -- The marks of touches go with the rest: only what begins from now on counts.
  local above = string.format('%016.0f', tonumber(head[3]) + 1)
  redis.call('UNLINK', KEYS[1], KEYS[2])
  redis.call('HSET', KEYS[1], 'S', above, 'F', above, 'L', above)
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
  return { 0 }
end
if redis.call('HLEN', KEYS[2]) > tonumber(ARGV[5]) then
  redis.call('UNLINK', KEYS[2])
end
local time = redis.call('TIME')
local millis = time[1] * 1000 + time[2] / 1000
local kept = 0
for i = 7, #ARGV, 2 do
  local list = string.sub(ARGV[i], 1, 1) == 'l'
  local key = list and KEYS[2] or KEYS[1]
  local now = redis.call('HGET', key, ARGV[i])
  local fits = not list or position >= tonumber(head[2])
  if fits and now then
    fits = tonumber(string.sub(now, 1, 16)) <= position
    local began = #now >= 29 and tonumber(string.sub(now, 17, 29))
    -- Of two readings that no touch lies between, the one that began later counts, unless its clock was ahead.
    if fits and began and began <= millis then
      fits = began <= tonumber(ARGV[2])
    end
  end
  if fits then
    redis.call('HSET', key, ARGV[i], ARGV[1] .. ARGV[2] .. ARGV[i + 1])
    kept = kept + 1
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[6])
redis.call('PEXPIRE', KEYS[2], ARGV[6])
return { kept }
