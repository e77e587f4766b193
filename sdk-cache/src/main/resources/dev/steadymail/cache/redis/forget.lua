-- Removes what never changes of an account. ARGV: how many at most.
-- Returns: how many are left, the tenant they counted for, how many there were of those asked for.
local tenant = redis.call('HGET', sizes, 't')
local names = redis.call('ZRANGE', ages, 0, ARGV[1] - 1)
drop(names)
finish()
return { redis.call('ZCARD', ages), tenant or '', #names }
