#!/usr/bin/env bash
# control-plane.sh up | start COMPONENT: etcd, API server, controller manager, scheduler, DNS, store and forwarder, each
# started when it is not running yet.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

start_etcd() {
  # No fsync: what this cluster knows need not outlive a power cut.
  start etcd etcd --name viewal --data-dir "$run/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 \
    --listen-peer-urls http://127.0.0.1:2380 --initial-advertise-peer-urls http://127.0.0.1:2380 \
    --initial-cluster viewal=http://127.0.0.1:2380
}

start_apiserver() {
  start apiserver kube-apiserver --etcd-servers=http://127.0.0.1:2379 \
    --bind-address=0.0.0.0 --secure-port=6443 --advertise-address="$control_ip" \
    --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" --client-ca-file="$pki/ca.crt" \
    --token-auth-file="$pki/tokens.csv" --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction \
    --service-account-issuer=https://kubernetes.default.svc \
    --service-account-key-file="$pki/service-account.pub" \
    --service-account-signing-key-file="$pki/service-account.key" \
    --service-cluster-ip-range=10.96.0.0/16 --allow-privileged=true \
    --kubelet-client-certificate="$pki/apiserver-kubelet-client.crt" \
    --kubelet-client-key="$pki/apiserver-kubelet-client.key" --kubelet-preferred-address-types=InternalIP \
    --requestheader-client-ca-file="$pki/ca.crt" --requestheader-allowed-names=front-proxy-client \
    --requestheader-extra-headers-prefix=X-Remote-Extra- --requestheader-group-headers=X-Remote-Group \
    --requestheader-username-headers=X-Remote-User \
    --proxy-client-cert-file="$pki/front-proxy.crt" --proxy-client-key-file="$pki/front-proxy.key" \
    --profiling=false --v=1
}

start_controllers() {
  # Without the QPS flags, controllers start six seconds later.
  start controllers kube-controller-manager --kubeconfig="$pki/controllers.kubeconfig" \
    --authentication-kubeconfig="$pki/controllers.kubeconfig" \
    --authorization-kubeconfig="$pki/controllers.kubeconfig" \
    --leader-elect=false --use-service-account-credentials=true \
    --service-account-private-key-file="$pki/service-account.key" --root-ca-file="$pki/ca.crt" \
    --bind-address=127.0.0.1 --kube-api-qps=200 --kube-api-burst=400 --flex-volume-plugin-dir="$run/flex" \
    --node-monitor-period=2s --node-monitor-grace-period=16s --profiling=false --v=1
}

start_scheduler() {
  start scheduler kube-scheduler --kubeconfig="$pki/scheduler.kubeconfig" \
    --authentication-kubeconfig="$pki/scheduler.kubeconfig" --authorization-kubeconfig="$pki/scheduler.kubeconfig" \
    --leader-elect=false --bind-address=127.0.0.1 --profiling=false --v=1
}

start_dns() {
  start dns dns -kubeconfig "$pki/admin.kubeconfig" -listen "$control_ip:53" -host "$store_host=$control_ip"
}

start_store() {
  mkdir -p "$run/store" "$run/store-versions" "$run/store-users"
  # Credentials by environment, set from files inside the shell, so that no process list shows them.
  start store bash -c 'export ROOT_ACCESS_KEY=$(cat "$1/accessKey") ROOT_SECRET_KEY=$(cat "$1/secretKey")
    exec versitygw --quiet --port "$2:9000" --iam-dir "$3/store-users" posix --versioning-dir "$3/store-versions" "$3/store"' \
    store "$state/credentials" "$control_ip" "$run"
}

free_port() {
  local port=$1
  while (exec 3<> "/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}

# Not `start`: it listens in this machine's own network namespace.
start_forward() {
  local api store
  api=$(free_port 16443) store=$(free_port 19000)
  nohup setsid forward -netns "/run/netns/$namespace" \
    "127.0.0.1:$api=$control_ip:6443" "127.0.0.1:$store=$control_ip:9000" >> "$logs/forward.log" 2>&1 < /dev/null &
  note_pid "$run/forward.pid" $!
  (umask 077; sed "s#https://$control_ip:6443#https://127.0.0.1:$api#" "$pki/admin.kubeconfig" > "$state/kubeconfig")
  cat > "$state/env" <<ENV
# Source this to use the local cluster.
export KUBECONFIG=$state/kubeconfig
export VIEWAL_STORE_ENDPOINT=http://$store_host:9000       # from pods
export VIEWAL_STORE_ENDPOINT_HOST=http://127.0.0.1:$store  # from this machine
export VIEWAL_STORE_CREDENTIALS=$state/credentials
ENV
}

if [ "$1" = start ]; then
  "start_$2"
  exit
fi

mkdir -p "$run" "$logs"
if [ ! -e "/run/netns/$namespace" ]; then
  ip netns add "$namespace"
  in_control ip link set lo up
  in_control ip link add cp0 type bridge
  in_control ip addr add "$control_ip/24" dev cp0
  in_control ip link set cp0 up
fi
ensure() { alive "$run/$1.pid" || "start_$1"; }
ensure etcd
ensure apiserver
wait_for "ready API server" 60 admin get --raw /readyz
say "API server is ready"
# Not before: refused by an API server without its RBAC bootstrap, these two exit for good.
ensure controllers
ensure scheduler
ensure dns
ensure store
ensure forward
wait_for "default service account (controller manager)" 60 admin -n default get serviceaccount default
wait_for "store" 20 bash -c "exec 3<> /dev/tcp/127.0.0.1/$(sed -n 's/.*ENDPOINT_HOST=.*:\([0-9]*\).*/\1/p' "$state/env")"
say "controllers, scheduler, DNS and store run"
