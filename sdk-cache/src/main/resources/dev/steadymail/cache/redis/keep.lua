-- Keeps what a reading brought, as far as no touch came after it began, and gives its claims back.
-- KEYS: the account's changing values, then its claims.
-- ARGV: position, milliseconds when it began, urgency and token of its claims, most fields, milliseconds to keep,
--   then field and octets of each value. Fields of states begin with s, those of lists with l.
-- Each is kept as 16 digits of the position, 13 of the time, and the octets; a state that was touched as the digits of the touch alone.
for i = 2, #KEYS do
  if redis.call('GET', KEYS[i]) == ARGV[3] then
    redis.call('DEL', KEYS[i])
  end
end
local head = redis.call('HMGET', KEYS[1], 'F', 'L', 'S')
local position = tonumber(ARGV[1])
-- Without a line nobody knows what was touched meanwhile.
if #ARGV < 6 or not head[1] or position < tonumber(head[1]) then
  return { 0 }
end
if redis.call('HLEN', KEYS[1]) > tonumber(ARGV[4]) then
  redis.call('DEL', KEYS[1])
  -- The marks of touches are gone with the rest: only what begins from now on counts.
  local above = string.format('%016.0f', tonumber(head[3]) + 1)
  redis.call('HSET', KEYS[1], 'S', above, 'F', above, 'L', above)
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
  return { 0 }
end
local kept = 0
for i = 6, #ARGV, 2 do
  local fits
  if string.sub(ARGV[i], 1, 1) == 'l' then
    fits = position >= tonumber(head[2])
  else
    local now = redis.call('HGET', KEYS[1], ARGV[i])
    fits = not now or tonumber(string.sub(now, 1, 16)) <= position
    -- Of two readings that no touch lies between, the one that began later counts.
    if fits and now and #now >= 29 then
      fits = tonumber(string.sub(now, 17, 29)) <= tonumber(ARGV[2])
    end
  end
  if fits then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[1] .. ARGV[2] .. ARGV[i + 1])
    kept = kept + 1
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return { kept }
