#!/usr/bin/env bash
# Keys, certificates, tokens and kubeconfigs of one cluster, and the store's random credentials; kept between runs.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
[ ! -f "$pki/.done" ] || exit 0
rm -rf "$pki"
umask 077
mkdir -p "$pki"
cd "$pki"

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }
key ca.key
openssl req -x509 -new -key ca.key -subj /CN=viewal-cluster-ca -days 3650 -out ca.crt \
  -addext keyUsage=critical,keyCertSign,cRLSign,digitalSignature 2>/dev/null

# sign NAME SUBJECT EXTENSION...
sign() {
  key "$1.key"
  openssl req -new -key "$1.key" -subj "$2" -out "$1.csr"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -out "$1.crt" \
    -extfile <(printf '%s\n' "${@:3}") 2>/dev/null
}
services=DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local
sign apiserver /CN=kube-apiserver extendedKeyUsage=serverAuth \
  "subjectAltName=DNS:localhost,$services,IP:127.0.0.1,IP:$control_ip,IP:10.96.0.1"
sign apiserver-kubelet-client "/O=system:masters/CN=kube-apiserver-kubelet-client" extendedKeyUsage=clientAuth
sign front-proxy /CN=front-proxy-client extendedKeyUsage=clientAuth
openssl genrsa -out service-account.key 2048 2>/dev/null
openssl rsa -in service-account.key -pubout -out service-account.pub 2>/dev/null

# kubeconfig NAME SERVER USER GROUP: a token of its own.
: > tokens.csv
kubeconfig() {
  local token; token=$(openssl rand -hex 24)
  echo "$token,$3,$1,\"$4\"" >> tokens.csv
  cat > "$1.kubeconfig" <<YAML
apiVersion: v1
kind: Config
clusters: [{name: viewal, cluster: {server: "$2", certificate-authority-data: $(base64 -w0 ca.crt)}}]
users: [{name: $1, user: {token: $token}}]
contexts: [{name: viewal, context: {cluster: viewal, user: $1}}]
current-context: viewal
YAML
}
inside=https://$control_ip:6443
kubeconfig admin "$inside" admin system:masters
kubeconfig controllers "$inside" system:kube-controller-manager ""
kubeconfig scheduler "$inside" system:kube-scheduler ""
kubeconfig proxy "$inside" system:kube-proxy ""
for i in 1 2 3 4; do kubeconfig "node$i" "$inside" "system:node:node$i" system:nodes; done

mkdir -p "$state/credentials"
openssl rand -hex 10 | tr -d '\n' > "$state/credentials/accessKey"
openssl rand -hex 20 | tr -d '\n' > "$state/credentials/secretKey"
touch .done
