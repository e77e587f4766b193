-- ARGV[5]: the name of a scope. Answers whether it was open for failing.
local ends = tonumber(redis.call('ZSCORE', index, 'f' .. ARGV[5])) or 0
redis.call('ZREM', index, 'f' .. ARGV[5])
return answer(0, ends > now and 1 or 0)
