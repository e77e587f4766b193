-- Notes what an account of a tenant weighs.
-- KEYS: the tenant's accounts by weight, where + is the sum below zero, and the same accounts by when they were noted last.
-- ARGV: the account, its weight, the most weight of all, milliseconds to keep.
-- Returns: nothing where they fit, else the account that is to become lighter, and the weight it is to come down to.
local weights, ages = KEYS[1], KEYS[2]
local time = redis.call('TIME')
local now, kept = time[1] * 1000 + math.floor(time[2] / 1000), tonumber(ARGV[4])
if redis.call('EXISTS', weights, ages) == 1 then
  redis.call('DEL', weights, ages)
end
local sum = -(tonumber(redis.call('ZSCORE', weights, '+')) or 0)

local function note(account, weight)
  sum = sum + weight - (tonumber(redis.call('ZSCORE', weights, account)) or 0)
  if weight == 0 then
    redis.call('ZREM', weights, account)
    redis.call('ZREM', ages, account)
  else
    redis.call('ZADD', weights, weight, account)
    redis.call('ZADD', ages, now, account)
  end
end

for _, account in ipairs(redis.call('ZRANGEBYSCORE', ages, '-inf', now - kept, 'LIMIT', 0, 200)) do
  note(account, 0)
end
note(ARGV[1], tonumber(ARGV[2]))
if redis.call('EXISTS', ages) == 0 then
  redis.call('DEL', weights)
  return {}
end
redis.call('ZADD', weights, string.format('%.0f', -sum), '+')
redis.call('PEXPIRE', weights, kept)
redis.call('PEXPIRE', ages, kept)
local over = sum - tonumber(ARGV[3])
if over <= 0 then
  return {}
end
local largest = redis.call('ZREVRANGE', weights, 0, 0, 'WITHSCORES')
return { largest[1], string.format('%.0f', math.max(0, largest[2] - over)) }
