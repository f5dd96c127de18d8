-- Searches for random vectors of five attributes.
wrk.method = "POST"
wrk.path = "/search"
request = function()
  local v = {}
  for i = 1, 5 do v[i] = string.format("%.4f", math.random() * 2 - 1) end
  return wrk.format(nil, nil, nil, '{"vector":[' .. table.concat(v, ",") .. '],"k":10}')
end
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("errors: %d; p50 %.3f ms, p99 %.3f ms\n",
    e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
