#!/usr/bin/env bash
# containerd, runc, the CNI plug-ins and nftables from Debian packages, unpacked under the cache; nothing is installed.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
[ ! -f "$tools/debian/.done" ] || exit 0
packages="containerd runc containernetworking-plugins nftables libnftables1 libnftnl11 libjansson4 libmnl0 libedit2 libbsd0"
rm -rf "$tools/debian" "$tools/deb"
mkdir -p "$tools/debian" "$tools/deb"
cd "$tools/deb"
download() { apt-get download $packages > "$tools/apt.log" 2>&1; }
download || { apt-get update >> "$tools/apt.log" 2>&1 && download; } ||
  { cat "$tools/apt.log" >&2; fail "apt-get download failed; is this Debian 12 or a release with the same packages?"; }
for package in *.deb; do dpkg -x "$package" ../debian; done
rm -rf "$tools/deb"
touch "$tools/debian/.done"
say "containerd, runc, CNI plug-ins, nftables"
