#!/usr/bin/env bash
# node.sh up I [GPUS] | down I | kill I | start I COMPONENT | import I IMAGE.tar | exec I CMD...: the node "nodeI": network, mount, UTS and pid
# namespaces of its own with containerd, kubelet and kube-proxy; its pods are in 10.244.I.0/24.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
action=$1 i=$2
node=$run/node$i node_namespace=$namespace-node$i cgroup=/$namespace-node$i

# import ARCHIVE: an OCI image archive into the node's containerd, under the full name that the kubelet asks for.
import() {
  local reference
  in_node ctr -n k8s.io images import "$1" > /dev/null
  for reference in $(tar -xOf "$1" index.json ./index.json 2>/dev/null | grep -o '"org.opencontainers.image.ref.name":"[^"]*"' | cut -d'"' -f4); do
    case ${reference%%/*} in
      *.* | *:* | "$reference") ;; # has a registry's host already, or is a bare tag
      *) in_node ctr -n k8s.io images tag --force "$reference" "docker.io/$reference" > /dev/null ;;
    esac
  done
}

in_node() { nsenter -t "$(pid_of "$node/init.pid")" -m -n -u -p -- "$@"; }

# The mount points of the cgroup hierarchies, version 1 and 2.
cgroup_mounts() { awk '{for (f = 7; f <= NF; f++) if ($f == "-" && $(f + 1) ~ /^cgroup2?$/) print $5}' /proc/self/mountinfo; }

# service NAME CMD...: a daemon inside the node. nsenter -p forks, so the pid wanted is its child's.
service() {
  local name=$1 parent; shift
  nohup setsid nsenter -t "$(pid_of "$node/init.pid")" -m -n -u -p -- "$@" >> "$logs/node$i-$name.log" 2>&1 < /dev/null &
  parent=$!
  until pgrep -P $parent > "$node/child"; do kill -0 $parent 2>/dev/null || fail "$name of node$i ended at once; see $logs/node$i-$name.log"; sleep 0.02; done
  note_pid "$node/$name.pid" "$(cat "$node/child")"
}
start_containerd() { service containerd containerd -c "$node/etc/containerd.toml"; }
start_kubelet() {
  service kubelet kubelet --config="$node/etc/kubelet.yaml" --kubeconfig="$pki/node$i.kubeconfig" \
    --hostname-override="node$i" --node-ip="$(node_ip "$i")" --root-dir=/var/lib/kubelet --cert-dir=/var/lib/kubelet/pki
}
start_proxy() {
  local libraries=$tools/debian/usr/lib/x86_64-linux-gnu:$tools/debian/lib/x86_64-linux-gnu
  service proxy env LD_LIBRARY_PATH="$libraries" kube-proxy --config="$node/etc/proxy.yaml"
}
start_gpus() { touch "$node/bad-gpus"; service gpus gpu-plugin -n "$(cat "$node/gpus")" -bad "$node/bad-gpus"; }

# Offers the GPUs asked for; a node that is up keeps those it has when none are.
offer_gpus() {
  if [ "$gpus" != 0 ] && [ "$gpus" != "$(cat "$node/gpus")" ]; then
    [ ! -f "$node/gpus.pid" ] || end "$node/gpus.pid"
    echo "$gpus" > "$node/gpus"
  fi
  gpus=$(cat "$node/gpus")
  [ "$gpus" != 0 ] || return 0
  alive "$node/gpus.pid" || start_gpus
  offered() { [ "$(admin get node "node$i" -o 'jsonpath={.status.allocatable.nvidia\.com/gpu}')" = "$gpus" ]; }
  wait_for "GPUs of node$i" 30 offered
}

stop_node() { # PID 1 of the node: the kernel ends everything in it, and its mounts go with the namespace
  [ -f "$node/init.pid" ] || return 0
  end "$node/init.pid" KILL
}

case $action in
  exec) shift 2; in_node "$@"; exit ;;
  import) import "$3"; exit ;;
  start) "start_$3"; exit ;;
  kill) stop_node; exit ;;
  down)
    stop_node
    ip netns del "$node_namespace" 2>/dev/null || true
    for mount in $(cgroup_mounts); do
      for _ in $(seq 20); do
        [ -d "$mount$cgroup" ] || break
        find "$mount$cgroup" -depth -type d -exec rmdir {} \; 2>/dev/null || sleep 0.1
      done
    done
    rm -rf "$node"
    exit ;;
esac

gpus=${3:-0}
if alive "$node/init.pid"; then
  for service in containerd kubelet proxy; do alive "$node/$service.pid" || "start_$service"; done
  offer_gpus
  exit
fi

mkdir -p "$node"/{kubelet,containerd,cni,pods,containers,sysctl,etc}
echo "$gpus" > "$node/gpus"
if [ ! -e "/run/netns/$node_namespace" ]; then
  ip netns add "$node_namespace"
  inside() { nsenter --net="/run/netns/$node_namespace" -- "$@"; }
  inside ip link set lo up
  ip link add "veth$i" netns "$namespace" type veth peer name eth0 netns "$node_namespace"
  in_control ip link set "veth$i" master cp0 up
  inside ip addr add "$(node_ip "$i")/24" dev eth0
  inside ip link set eth0 up
  inside ip route add default via "$control_ip"
  inside ip link add cni0 type bridge
  inside ip addr add "10.244.$i.1/24" dev cni0
  inside ip link set cni0 up
  inside sysctl -qw net.ipv4.ip_forward=1
  in_control ip route replace "10.244.$i.0/24" via "$(node_ip "$i")"
  for other in 1 2 3 4; do [ $other = "$i" ] || inside ip route add "10.244.$other.0/24" via "$(node_ip $other)"; done
fi
for mount in $(cgroup_mounts); do mkdir -p "$mount$cgroup"; done

cat > "$node/cni/10-viewal.conflist" <<JSON
{"cniVersion": "1.0.0", "name": "viewal", "plugins": [
  {"type": "bridge", "bridge": "cni0", "isGateway": true, "ipMasq": false, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "/run/cni-ipam", "ranges": [[{"subnet": "10.244.$i.0/24"}]],
            "routes": [{"dst": "0.0.0.0/0"}]}}]}
JSON
cat > "$node/etc/containerd.toml" <<TOML
version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "viewal.internal/pause:1"
  restrict_oom_score_adj = true  # lowering it needs CAP_SYS_RESOURCE, which containers of a builder seldom have
  disable_apparmor = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        BinaryName = "$tools/debian/usr/sbin/runc"
        SystemdCgroup = false
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "$tools/debian/usr/lib/cni"
    conf_dir = "$node/cni"
TOML
cat > "$node/etc/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failCgroupV1: false
failSwapOn: false
cgroupDriver: cgroupfs
cgroupRoot: $cgroup
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
address: 0.0.0.0
authentication: {anonymous: {enabled: false}, webhook: {enabled: false}, x509: {clientCAFile: $pki/ca.crt}}
authorization: {mode: AlwaysAllow}
enforceNodeAllocatable: [pods]
oomScoreAdj: 0
protectKernelDefaults: true
makeIPTablesUtilChains: false
clusterDNS: [$control_ip]
clusterDomain: cluster.local
resolvConf: ""
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
imageMinimumGCAge: 24h
evictionHard: {memory.available: "100Mi", nodefs.available: "1%", imagefs.available: "1%", nodefs.inodesFree: "1%"}
nodeStatusUpdateFrequency: 4s
nodeLeaseDurationSeconds: 12
syncFrequency: 10s
maxPods: 200
serializeImagePulls: false
volumePluginDir: /var/lib/kubelet/volumeplugins
YAML
cat > "$node/etc/proxy.yaml" <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
clientConnection: {kubeconfig: $pki/proxy.kubeconfig}
clusterCIDR: 10.244.0.0/16
hostnameOverride: node$i
# Nothing of this machine's connection tracking is changed.
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
linux: {conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}, oomScoreAdj: 0}
oomScoreAdj: 0
nftables: {syncPeriod: 10s, minSyncPeriod: 100ms}
YAML
cat > "$node/etc/init.sh" <<INIT
set -e
mount --make-rprivate / && mount --make-rshared /
mount -t proc proc /proc
# The kubelet wants these kernel settings: it is given files that already say so, and the machine stays as it is.
put() { echo \$2 > $node/sysctl/\$1; mount --bind $node/sysctl/\$1 /proc/sys/\${1//:/\/}; }
put vm:overcommit_memory 1; put vm:panic_on_oom 0; put kernel:panic 10; put kernel:panic_on_oops 1
put kernel:keys:root_maxkeys 1000000; put kernel:keys:root_maxbytes 25000000
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /var/lib/kubelet /var/lib/containerd /var/log/pods /var/log/containers /run/lock
mount --bind $node/kubelet /var/lib/kubelet; mount --bind $node/containerd /var/lib/containerd
mount --bind $node/pods /var/log/pods; mount --bind $node/containers /var/log/containers
hostname node$i
trap : TERM INT
echo ready > $node/ready
while :; do sleep 1000 & wait \$!; done
INIT
rm -f "$node/ready"
nohup setsid nsenter --net="/run/netns/$node_namespace" -- \
  unshare --mount --uts --pid --fork --kill-child --propagation private bash "$node/etc/init.sh" \
  >> "$logs/node$i-init.log" 2>&1 < /dev/null &
parent=$!
until [ -f "$node/ready" ]; do kill -0 $parent 2>/dev/null || { cat "$logs/node$i-init.log" >&2; fail "node$i did not start"; }; sleep 0.05; done
note_pid "$node/init.pid" "$(pgrep -P $parent)"
start_containerd
wait_for "containerd on node$i" 30 in_node ctr version
for image in "$tools/pause.tar" "$state"/images/*.tar; do
  [ ! -f "$image" ] || import "$image"
done
start_kubelet
start_proxy
ready() { [ "$(admin get node "node$i" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')" = True ]; }
wait_for "ready node$i" 60 ready
offer_gpus
say "node$i is ready"
