# Sourced by src/dev/cluster and the scripts beside this one: where things lie, and how processes are kept.

dev=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${VIEWAL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/viewal}
kubernetes_version=1.37.2
tools=$cache/tools                                # what build.sh makes; kept until its inputs change
state=${VIEWAL_CLUSTER_DIR:-$cache/cluster}       # one cluster: keys, pids, logs, data
run=$state/run pki=$state/pki logs=$state/logs
export PATH=$tools/bin:$tools/debian/usr/sbin:$tools/debian/usr/bin:$tools/debian/sbin:$tools/debian/bin:$PATH

# Addresses inside the cluster's own network namespaces; 198.18.0.0/15 is reserved for tests, so nothing real has them.
namespace=viewal
control_ip=198.18.0.1
store_host=store.viewal.internal
node_ip() { echo "198.18.0.1$1"; }

started=$(date +%s%N)
elapsed() { local ms=$((($(date +%s%N) - started) / 1000000)); printf '%d.%d s' $((ms / 1000)) $((ms % 1000 / 100)); }
say() { printf '[%8s] %s\n' "$(elapsed)" "$*"; }
fail() { echo "cluster: $*" >&2; exit 1; }

# A pid is ours while the process started at the moment that was noted: pids come round again.
process_start() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }
note_pid() { echo "$2 $(process_start "$2")" > "$1"; }
alive() {
  local pid began
  read -r pid began 2>/dev/null < "$1" || return 1
  [ -n "$began" ] && [ "$(process_start "$pid")" = "$began" ]
}
pid_of() { cut -d' ' -f1 "$1"; }

# end FILE [SIGNAL]: stops the process noted in FILE, at last by force, and forgets it.
end() {
  if alive "$1"; then
    local pid; pid=$(pid_of "$1")
    kill "-${2:-TERM}" "$pid" 2>/dev/null || true
    for _ in $(seq 100); do alive "$1" || break; sleep 0.05; done
    if alive "$1"; then kill -KILL "$pid" 2>/dev/null || true; fi
  fi
  rm -f "$1"
}

# start NAME CMD...: a daemon in the control plane's network namespace.
start() {
  local name=$1; shift
  nohup setsid nsenter --net="/run/netns/$namespace" -- "$@" >> "$logs/$name.log" 2>&1 < /dev/null &
  note_pid "$run/$name.pid" $!
}

# wait_for WHAT SECONDS CMD...: until CMD succeeds.
wait_for() {
  local what=$1 limit=$((SECONDS + $2)); shift 2
  until "$@" > /dev/null 2>&1; do
    [ "$SECONDS" -lt "$limit" ] || { tail -n 5 "$logs"/*.log >&2; fail "no $what; the logs are in $logs"; }
    sleep 0.1
  done
}

in_control() { nsenter --net="/run/netns/$namespace" -- "$@"; }
admin() { KUBECONFIG=$pki/admin.kubeconfig in_control kubectl "$@"; }
nodes_up() { local d; for d in "$run"/node*/; do [ -f "$d/init.pid" ] && basename "$d" | tr -d node; done; true; }
