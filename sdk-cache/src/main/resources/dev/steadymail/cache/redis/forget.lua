-- Removes what never changes of an account.
-- KEYS: the ages of the account's keys, their weight. ARGV: how many at most.
-- Returns: how many are left.
local names = redis.call('ZPOPMIN', KEYS[1], ARGV[1])
for i = 1, #names, 2 do
  redis.call('UNLINK', string.sub(KEYS[1], 1, -2) .. string.match(names[i], '^%d+:(.*)$'))
end
local left = redis.call('ZCARD', KEYS[1])
if left == 0 then
  redis.call('DEL', KEYS[2])
end
return { left }
