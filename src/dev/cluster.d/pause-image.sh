#!/usr/bin/env bash
# The image of the pod sandbox: one static program, no shell.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$dev/images.d/oci.sh"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
oci_layer "$tools/bin" "$work/layer" pause
oci_archive viewal.internal/pause:1 '{"Entrypoint":["/pause"],"User":"65535:65535"}' "$tools/pause.tar" "$work/layer"
