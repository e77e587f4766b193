-- Removes some of what never changes of an account.
-- KEYS: the ages of its values, their weights. ARGV: how many at most.
-- Returns: how many are left.
local names = redis.call('ZPOPMIN', KEYS[1], ARGV[1])
for i = 1, #names, 2 do
  redis.call('UNLINK', string.sub(KEYS[1], 1, -2) .. string.sub(names[i], 1, 17))
end
local left = redis.call('ZCARD', KEYS[1])
if left == 0 then
  redis.call('UNLINK', KEYS[2])
end
return { left }
