#!/usr/bin/env bash
# Builds what a cluster is made of into the cache: Kubernetes, etcd, helm and the store from Go modules, containerd and
# runc from Debian packages that are unpacked, not installed. Does nothing when the inputs have not changed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"

missing=()
need() { command -v "$1" > /dev/null || missing+=("$1: $2"); }
need go "Go 1.26 or newer, https://go.dev/dl"
need apt-get "a Debian or Ubuntu machine; elsewhere use --kubeconfig with a cluster of your own"
need dpkg "a Debian or Ubuntu machine"
need openssl "apt-get install openssl"
need nsenter "apt-get install util-linux"
need ip "apt-get install iproute2"
need flock "apt-get install util-linux"
need pgrep "apt-get install procps"
need sysctl "apt-get install procps"
need curl "apt-get install curl"
if command -v go > /dev/null; then
  minor=$(go env GOVERSION | sed -n 's/^go1\.\([0-9]*\).*/\1/p')
  [ "${minor:-0}" -ge 26 ] || missing+=("go: found $(go env GOVERSION), need 1.26 or newer, https://go.dev/dl")
fi
[ ${#missing[@]} = 0 ] || { printf 'cluster: missing %s\n' "${missing[@]}" >&2; exit 1; }

mkdir -p "$tools/bin"
exec 8> "$tools/.lock"
flock -n 8 || { say "another build is running; waiting for it"; flock 8; }
inputs=$(cat "$here"/go/go.* "$here"/go/cmd/*/*.go "$here"/store/go.* "$0" | sha256sum; go version)
[ "$(cat "$tools/.stamp" 2>/dev/null)" != "$inputs" ] || exit 0
rm -f "$tools/.stamp"

export GOMODCACHE=$cache/gomod GOCACHE=$cache/gobuild GOFLAGS="-buildvcs=false -modcacherw" GOTOOLCHAIN=local CGO_ENABLED=0

# What `kubectl version` and the API server's /version say.
kubernetes_flags="-s -w"
for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
  kubernetes_flags+=" -X $package.gitVersion=v$kubernetes_version -X $package.gitMajor=1 -X $package.gitMinor=37"
  kubernetes_flags+=" -X $package.gitTreeState=clean -X $package.gitCommit=local -X $package.buildDate=1970-01-01T00:00:00Z"
done

# build MODULE PROGRAM PACKAGE [LDFLAGS], with a line every 20 seconds so that nobody thinks it hangs.
build() {
  local log=$tools/build-$2.log last=$SECONDS
  (cd "$here/$1" && exec go build -mod=readonly -trimpath -ldflags "${4:--s -w}" -o "$tools/bin/$2" "$3") > "$log" 2>&1 8>&- &
  local job=$!
  while kill -0 $job 2>/dev/null; do
    sleep 0.2
    if [ $((SECONDS - last)) -ge 20 ]; then say "  … $2: still building"; last=$SECONDS; fi
  done
  wait $job || { grep -v '^go: downloading' "$log" >&2 || true; fail "building $2 failed; see $log"; }
  say "$2 ($(($(stat -c %s "$tools/bin/$2") / 1000000)) MB)"
}

say "building the local cluster's programs; the first time takes about ten minutes"
"$here/debian.sh"
build go kube ./cmd/kube "$kubernetes_flags"
for program in kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl; do
  ln -sf kube "$tools/bin/$program"
done
build go etcd go.etcd.io/etcd/server/v3
for program in dns forward gpu-plugin pause; do build go $program ./cmd/$program; done
build go helm helm.sh/helm/v3/cmd/helm
build store versitygw github.com/versity/versitygw/cmd/versitygw

# The layout that Fabric8's kube-api-test looks for.
binaries=$cache/kube-api-test/k8s/$kubernetes_version-linux-amd64
mkdir -p "$binaries"
for program in etcd kube-apiserver kubectl; do ln -sf "$(readlink -f "$tools/bin/$program")" "$binaries/$program"; done

"$here/pause-image.sh"
echo "$inputs" > "$tools/.stamp"
say "built"
