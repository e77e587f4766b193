-- Begins each script on limits: what time it is, and whether the store still has what it once had.
--
-- KEYS[1], the head: which life the store is in, when that was born, since when it is in doubt, when it was changed last.
-- KEYS[2], the index, by the time until which each entry counts: the life (l), quotas (q), pauses that providers stated (t) or
--          failures brought (f), and for each process the last of its own changes (p).
-- ARGV[1..4]: the life that the process knows, the last change it knows of, its name, its own last change in that life.
--
-- All times are microseconds of Redis's clock, held back where it stepped back, so that nothing is forgotten early by that.
local head, index = KEYS[1], KEYS[2]
local known, seen, me, stamp = ARGV[1], tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
local LONGEST_STEP_BACK = 60000000

local function text(number)
  return string.format('%.0f', number)
end

local time = redis.call('TIME')
local clock = tonumber(time[1]) * 1000000 + tonumber(time[2])
local state = redis.call('HMGET', head, 'life', 'born', 'doubt', 'last')
local life, born, doubt, last = state[1], tonumber(state[2]) or 0, tonumber(state[3]) or 0, tonumber(state[4]) or 0
local now = math.max(clock, last)
local own = 0

local function begin(lost)
  if life then
    redis.call('ZREM', index, 'l' .. life)
  end
  life, born, last, doubt = me .. ':' .. text(now), now, now, lost and now or 0
  redis.call('HSET', head, 'life', life, 'born', text(born), 'doubt', text(doubt), 'last', text(last))
  redis.call('ZADD', index, '+inf', 'l' .. life)
  return lost
end

local function look()
  if not life then
    return begin(known ~= '' or redis.call('EXISTS', index) == 1)
  end
  if last - clock > LONGEST_STEP_BACK then
    -- Else a clock that was far ahead once would hold all limits until then. What is left carries wrong times.
    redis.call('DEL', index)
    now = clock
    return begin(true)
  end
  local entries = redis.call('ZMSCORE', index, 'l' .. life, 'p' .. me)
  own = tonumber(entries[2]) or 0
  if not entries[1] then
    return begin(true)
  end
  if known == life then
    local lost = seen > last or (stamp > now and stamp > own)
    return lost and begin(true)
  end
  if known ~= '' and doubt < born then
    -- What the other life had was charged before this one was born: a younger process could not know.
    doubt = born
    redis.call('HSET', head, 'doubt', text(doubt))
  end
  return known ~= ''
end

-- Notes a change by this process in the index, so that it can tell later whether the store still has it.
local function changed(counts_until, entries)
  local expired = redis.call('ZRANGEBYSCORE', index, '-inf', text(now), 'LIMIT', 0, 64)
  if #expired > 0 then
    redis.call('ZREM', index, unpack(expired))
  end
  last = now
  stamp = math.max(counts_until, own + 1)
  redis.call('HSET', head, 'last', text(last))
  redis.call('ZADD', index, text(stamp), 'p' .. me, unpack(entries))
end

local function answer(kind, one, two, three)
  return {kind, life, last, stamp, one or 0, two or 0, three or 0}
end

if look() then
  stamp = 0
  return answer(-1)
end
