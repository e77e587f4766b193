-- Begins each script on what never changes of an account.
-- KEYS[1]: the account's keys, by when each was written last. KEYS[2]: the weight of each, w: of all, t: the tenant they count for.
-- Where Redis lost one of the two, both are begun anew: what they told of is uncounted until it expires or is written again.
local ages, sizes = KEYS[1], KEYS[2]
local OVERHEAD = 100
if redis.call('EXISTS', ages, sizes) == 1 then
  redis.call('DEL', ages, sizes)
end
local weight = tonumber(redis.call('HGET', sizes, 'w')) or 0

local function drop(names)
  for _, name in ipairs(names) do
    redis.call('UNLINK', string.sub(ages, 1, -2) .. name)
    weight = weight - (tonumber(redis.call('HGET', sizes, name)) or 0)
    redis.call('HDEL', sizes, name)
    redis.call('ZREM', ages, name)
  end
end

-- The oldest give way, so many at most.
local function trim(bound, most)
  while weight > bound and most > 0 do
    drop(redis.call('ZRANGE', ages, 0, 0))
    most = most - 1
  end
end

local function finish()
  if redis.call('EXISTS', ages) == 0 then
    weight = 0
    redis.call('DEL', sizes)
  else
    redis.call('HSET', sizes, 'w', string.format('%.0f', weight))
  end
end

