-- Gives out the position of a reading and claims what it is to read.
-- KEYS: the account's changing values, then one key for each claim.
-- ARGV: floor, urgency (one digit, 0 first), token, milliseconds of a claim, milliseconds that changing values are kept.
-- A claim is kept as its urgency, 16 digits of its position and its token. One that began before the last touch is for a reading that nobody may
-- have, and is granted once more.
-- Returns: position, the clock's milliseconds, then 1 or 0 for each claim.
local time = redis.call('TIME')
local micros = time[1] * 1000000 + time[2]
local floor = tonumber(ARGV[1])
local line = tonumber(redis.call('HGET', KEYS[1], 'S') or '0')
if line == 0 then
  line = math.max(micros, floor)
  local text = string.format('%016.0f', line)
  redis.call('HSET', KEYS[1], 'S', text, 'F', text, 'L', text)
elseif line < floor then
  line = floor
  redis.call('HSET', KEYS[1], 'S', string.format('%016.0f', line))
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
local lists = tonumber(redis.call('HGET', KEYS[1], 'L') or '0')
local claim = ARGV[2] .. string.format('%016.0f', line) .. ARGV[3]
local answer = { string.format('%016.0f', line), string.format('%.0f', math.floor(micros / 1000)) }
for i = 2, #KEYS do
  local held = redis.call('GET', KEYS[i])
  if held and tonumber(string.sub(held, 1, 1)) <= tonumber(ARGV[2]) and tonumber(string.sub(held, 2, 17)) >= lists then
    answer[#answer + 1] = 0
  else
    redis.call('SET', KEYS[i], claim, 'PX', ARGV[4])
    answer[#answer + 1] = 1
  end
end
return answer
