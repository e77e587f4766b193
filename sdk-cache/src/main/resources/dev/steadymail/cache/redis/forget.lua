-- Removes what never changes of an account. ARGV: how many at most.
-- Returns: how many are left, and the tenant they counted for.
local tenant = redis.call('HGET', sizes, 't')
drop(redis.call('ZRANGE', ages, 0, ARGV[1] - 1))
finish()
return { redis.call('ZCARD', ages), tenant or '' }
