# Sourced by src/dev/images: makes the layers that seldom change. Each is a folder laid out as the image's root, kept in the
# cache under a key of what it is made of.

# Found by `jdeps`, and by what frameworks look up by name: java.naming, java.security.jgss (HTTP clients), jdk.jfr and
# jdk.management (metrics), jdk.zipfs. jdk.jcmd brings jcmd and jstack, for people who look into a pod.
java_modules=java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming
java_modules+=,java.net.http,java.security.jgss,java.security.sasl,java.sql,java.xml,java.xml.crypto
java_modules+=,jdk.incubator.vector,jdk.jcmd,jdk.jfr,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs

# layer NAME INPUTS BUILDER...: sets layer_NAME to the folder, which BUILDER fills when the cache lacks it.
layer() {
  local name=$1 inputs=$2 key folder; shift 2
  key=$( (echo "$inputs"; declare -f "$1"; echo "$java_modules") | sha256sum | cut -c1-16)
  folder=$layers/$name-$key
  if [ ! -d "$folder" ]; then
    rm -rf "$folder.new"
    mkdir -p "$folder.new"
    "$@" "$folder.new" || fail "making the layer '$name' failed"
    mv "$folder.new" "$folder"
    say "layer $name ($(du -sm "$folder" | cut -f1) MB)"
  fi
  touch "$folder"  # what is not used for long is removed
  printf -v "layer_$name" %s "$folder"
}

# A Java runtime of the modules above, with its class data archive, which halves the start.
java_layer() {
  "$JAVA_HOME/bin/jlink" --add-modules "$java_modules" --strip-debug --no-header-files --no-man-pages --vm server \
    --generate-cds-archive --output "$1/opt/java" > "$1.log" 2>&1 || { cat "$1.log" >&2; return 1; }
  rm -f "$1.log"
  # Windows, sound, and class data for heaps beyond 32 GiB.
  (cd "$1/opt/java/lib" && rm -f libawt_xawt.so libjawt.so libsplashscreen.so libjsound.so server/classes_nocoops*.jsa)
}

# The native libraries of the worker's jars, unpacked, and only those for this platform that it loads.
# Arguments: pytorch flavors, then the target.
engine_layer() {
  local root=${*: -1} lib=$root_dir/worker/target/lib unpacked=${*: -1}.unpacked jar folder file flavor version
  mkdir -p "$unpacked" "$root/opt/viewal/engine/opencv"
  for jar in "$lib"/{pytorch-native,pytorch-jni,javacpp,openblas,opencv}-*.jar; do
    case $jar in *-linux-x86_64.jar | */pytorch-jni-*) (cd "$unpacked" && "$JAVA_HOME/bin/jar" xf "$jar") || return 1 ;; esac
  done
  version=$(ls "$lib"/pytorch-jni-*.jar); version=${version##*/pytorch-jni-}; version=${version%.jar}  # PyTorch's and DJL's
  for folder in "$unpacked"/pytorch/*/linux-x86_64; do
    flavor=${folder%/linux-x86_64}; flavor=${flavor##*/}
    # Where DJL looks for the library that joins it to PyTorch.
    file=$root/opt/viewal/engine/pytorch/${version%-*}-$flavor-linux-x86_64
    mkdir -p "$file"
    mv "$folder"/* "$file/"
    mv "$unpacked/jnilib/linux-x86_64/$flavor/libdjl_torch.so" "$file/${version##*-}-libdjl_torch.so" || return 1
  done
  # The list of OpenCV's libraries is the loader's own.
  sed -n 's|^ *"\([a-z]*\)/\(lib[^"]*\)".*|\1 \2|p' \
    "$root_dir/worker/src/main/java/io/viewal/worker/dataset/opencv/OpenCvLibraries.java" |
    while read -r folder file; do
      mv "$unpacked/org/bytedeco/$folder/linux-x86_64/$file" "$root/opt/viewal/engine/opencv/" || exit 1
    done || return 1
  rm -rf "$unpacked"
}

# The C and C++ libraries that the layers above ask for, as the machine has them: image and machine run the same ones.
# Prints their paths.
system_libraries() {
  find "$layer_java" "$layer_engine" -type f \( -name '*.so*' -o -path '*/bin/java' \) -print0 |
    xargs -0 ldd 2> /dev/null | awk '$2 == "=>" && $3 ~ /^\// {print $3} $1 ~ /^\// && NF == 2 && $1 !~ /:$/ {print $1}' |
    grep -vF -e "$layers/" -e /libcuda.so -e /libnvidia- | sort -u  # a driver is the node's
}
system_layer() {
  local root=$2 library
  for library in $1; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library" || return 1
  done
  mkdir -p "$root"/{etc,tmp,scratch}
  echo 'viewal:x:10001:10001:viewal:/tmp:/sbin/nologin' > "$root/etc/passwd"
  echo 'viewal:x:10001:' > "$root/etc/group"
  echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
  cp -L /etc/os-release "$root/etc/os-release" 2> /dev/null || true
}

# The operator's classes, loaded and linked ahead of time, which takes a third to a half off its start. Java accepts them
# only where runtime, paths and file times are those of this start, so the image's layers are put together in a folder that
# the program takes for the root. It finds no cluster, and is stopped when it has long loaded all that a start needs; as
# it heeds no signal while it waits for its informers, they are given up early here.
# Arguments: the layers below, then the target.
classes_layer() {
  local target=${*: -1} root=${*: -1}.root below
  mkdir -p "$root"/{proc,dev,tmp} "$target/opt/viewal"
  for below in "${@:1:$#-1}"; do cp -r "$below/." "$root/"; done
  find "$root/opt/viewal" -name '*.jar' -exec touch -d @1 {} +  # Jib's time for all files
  sed -i /AOTCache/d "$root/opt/viewal/java.args"  # it is still to be made
  # shellcheck disable=SC2016
  VIEWAL_LEADER_ELECTION_NAMESPACE=none VIEWAL_LEADER_ELECTION_LEASE_NAME=viewal VIEWAL_LEADER_ELECTION_IDENTITY=none \
    QUARKUS_OPERATOR_SDK_CACHE_SYNC_TIMEOUT=2S KUBERNETES_MASTER=http://127.0.0.1:9 unshare --map-root-user --mount --pid --fork --kill-child sh -c '
      mount --rbind /dev "$0/dev" && mount -t proc proc "$0/proc" &&
      timeout --kill-after=90 10 chroot "$0" /opt/java/bin/java -Xmx128m -XX:AOTCacheOutput=/tmp/classes.aot \
        -Dquarkus.http.port=0 @/opt/viewal/java.args' "$root" > "$target.log" 2>&1
  if ! mv "$root/tmp/classes.aot" "$target/opt/viewal/" 2> /dev/null; then
    say "the operator will start slower, since its classes could not be loaded ahead of time:"
    tail -n 3 "$target.log"
  fi
  rm -rf "$root" "$target.log"
}
