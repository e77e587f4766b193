-- ARGV[5..]: for each pause its name, t or f before it, and how long it lasts. Answers how many last longer than was known.
local LONGEST_STAMP = 31 * 86400000000
local entries, longest = {}, 0
for at = 5, #ARGV, 2 do
  local ends = now + tonumber(ARGV[at + 1])
  if ends > (tonumber(redis.call('ZSCORE', index, ARGV[at])) or 0) then
    entries[#entries + 1] = text(ends)
    entries[#entries + 1] = ARGV[at]
    longest = math.max(longest, ends)
  end
end
if #entries > 0 then
  changed(math.min(longest, now + LONGEST_STAMP), entries)
end
return answer(0, #entries / 2)
