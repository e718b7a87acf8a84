import { SLOTS } from './sliding-window.js';

const RING = SLOTS + 1;

/**
 * The sliding window of `SlidingWindow` in Redis, for all limits of a rule in one call. A key is a
 * hash of slot → count and goes by itself when nothing in it counts. The time is that of Redis, so
 * that the clocks of replicas do not matter.
 *
 * KEYS: one for each limit. ARGV: limit and window in milliseconds, for each key.
 * Answers 1 or 0 for admitted, then used and milliseconds until one more is free, for each key.
 */
export const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local windows, admitted = {}, 1
for i, key in ipairs(KEYS) do
  local limit, slotMs = tonumber(ARGV[2 * i - 1]), ARGV[2 * i] / ${SLOTS}
  local slot = math.floor(now / slotMs)
  local flat, counted, used = redis.call('HGETALL', key), {}, 0
  for f = 1, #flat, 2 do
    local at, count = tonumber(flat[f]), tonumber(flat[f + 1])
    if at > slot - ${RING} then
      counted[#counted + 1] = { at, count }
      used = used + count
    else
      redis.call('HDEL', key, flat[f])
    end
  end
  if used >= limit then admitted = 0 end
  windows[i] = { limit = limit, slotMs = slotMs, slot = slot, counted = counted, used = used }
end
local answer = { admitted }
for i, key in ipairs(KEYS) do
  local w = windows[i]
  local below = w.limit
  if admitted == 1 then
    redis.call('HINCRBY', key, string.format('%.0f', w.slot), 1)
    redis.call('PEXPIRE', key, math.ceil(w.slotMs * ${RING + 1}))
    w.counted[#w.counted + 1] = { w.slot, 1 }
    w.used = w.used + 1
    below = w.used
  end
  table.sort(w.counted, function(a, b) return a[1] < b[1] end)
  local left, free = w.used, 0
  for _, entry in ipairs(w.counted) do
    if left < below then break end
    left = left - entry[2]
    free = math.ceil((entry[1] + ${RING}) * w.slotMs - now)
  end
  answer[#answer + 1] = w.used
  answer[#answer + 1] = free
end
return answer
`;

/** Takes the newest request back in every key. */
export const GIVE_BACK = `
for _, key in ipairs(KEYS) do
  local flat, newest = redis.call('HGETALL', key), nil
  for f = 1, #flat, 2 do
    if not newest or tonumber(flat[f]) > tonumber(newest) then newest = flat[f] end
  end
  if newest and redis.call('HINCRBY', key, newest, -1) <= 0 then redis.call('HDEL', key, newest) end
end
return 1
`;
