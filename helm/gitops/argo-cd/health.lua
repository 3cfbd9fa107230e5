-- Health of viewal.io's resources as Argo CD shows it, by the conditions that kstatus reads.
local status = obj.status or {}
local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  conditions[condition.type] = condition
end
local function is_true(type)
  return conditions[type] ~= nil and conditions[type].status == "True"
end

if obj.metadata.deletionTimestamp ~= nil then
  return {status = "Progressing", message = "is being deleted"}
end
if conditions.Ready == nil or status.observedGeneration ~= obj.metadata.generation then
  return {status = "Progressing", message = "the operator has not looked at it yet"}
end

local health = {message = conditions.Ready.message}
if is_true("Stalled") then
  health.status = "Degraded"
elseif is_true("Reconciling") then
  health.status = "Progressing"
elseif is_true("Ready") then
  health.status = "Healthy"
else
  -- Nobody is at work and nothing is wrong: it waits for a person.
  health.status = "Suspended"
end
return health
