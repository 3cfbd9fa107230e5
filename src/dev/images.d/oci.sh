# Sourced: packs layers into an image archive, where Jib is not at hand or can't: it has no symbolic links.

# oci_layer FOLDER FILE [PATH...]: the folder's paths (.) as a layer, with fixed owners, times and order.
oci_layer() {
  local folder=$1 file=$2; shift 2
  tar --sort=name --numeric-owner --owner=0 --group=0 --mtime=@0 -C "$folder" -cf "$file" "${@:-.}"
}

# oci_archive NAME CONFIG TARGET LAYER.tar...: an OCI archive of the image; CONFIG is the JSON that says how it is started.
oci_archive() {
  local name=$1 config=$2 target=$3 work layer digest size layers='' digests=''; shift 3
  work=$(mktemp -d "$target.XXXXXX")
  mkdir -p "$work/blobs/sha256"
  blob() { # blob FILE: puts it under its digest, and sets digest and size
    digest=$(sha256sum < "$1" | cut -d' ' -f1)
    cp "$1" "$work/blobs/sha256/$digest"
    size=$(stat -c %s "$1") digest=sha256:$digest
  }
  for layer in "$@"; do
    blob "$layer"
    layers+=${layers:+,}$(printf '{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%s}' "$digest" "$size")
    digests+=${digests:+,}\"$digest\"
  done
  printf '{"architecture":"amd64","os":"linux","config":%s,"rootfs":{"type":"layers","diff_ids":[%s]}}' "$config" "$digests" > "$work/part"
  blob "$work/part"
  printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%s},"layers":[%s]}' \
    "$digest" "$size" "$layers" > "$work/part"
  blob "$work/part"
  printf '{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":%s,"annotations":{"io.containerd.image.name":"%s","org.opencontainers.image.ref.name":"%s"}}]}' \
    "$digest" "$size" "$name" "${name##*:}" > "$work/index.json"
  echo '{"imageLayoutVersion":"1.0.0"}' > "$work/oci-layout"
  rm "$work/part"
  tar -C "$work" -cf "$target.new" .
  rm -rf "$work"
  mv "$target.new" "$target"
}
