-- Makes an account lighter for its tenant. ARGV: the tenant, the weight to come down to, how many values at most give way.
-- Returns: the weight that counts for the tenant.
if redis.call('HGET', sizes, 't') ~= ARGV[1] then
  return { '0' }
end
trim(tonumber(ARGV[2]), tonumber(ARGV[3]))
finish()
return { string.format('%.0f', weight) }
