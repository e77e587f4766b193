-- ARGV[5..]: for each pause its name, t or f before it, and how long it lasts. Answers how many last longer than was known.
local LONGEST_STAMP = 31 * 86400000000
local longer, longest = 0, 0
for at = 5, #ARGV, 2 do
  local ends = now + tonumber(ARGV[at + 1])
  if ends > (tonumber(redis.call('ZSCORE', index, ARGV[at])) or 0) then
    redis.call('ZADD', index, text(ends), ARGV[at])
    longer = longer + 1
    longest = math.max(longest, ends)
  end
end
if longer > 0 then
  changed(math.min(longest, now + LONGEST_STAMP))
end
return answer(0, longer)
