# Sourced by the benchmarks: builds what they need and finds data and PyTorch. Sets root, data, scratch and java_command.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$root/src/dev/find-jdk"
cache=${VIEWAL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/viewal}
data=${VIEWAL_SHARED:-$root/../shared}/data

scratch=$(mktemp -d "${TMPDIR:-/tmp}/viewal-bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

# The engine's warnings alone: what it says of itself would stand between the figures.
export TORCH_CPP_LOG_LEVEL=${TORCH_CPP_LOG_LEVEL:-ERROR}
printf '%s\n' 'handlers = java.util.logging.ConsoleHandler' '.level = WARNING' > "$scratch/logging.properties"

# Builds the worker and the benchmarks when a source is newer than what was built.
bench_build() {
  local stamp=$root/src/bench/target/built
  if [ ! -f "$stamp" ] || [ -n "$(find "$root/crds/src/main" "$root/worker/src/main" "$root/src/bench/src" \
      "$root"/{crds,worker,src/bench}/pom.xml "$root/pom.xml" -newer "$stamp" -print -quit)" ]; then
    echo "building the worker and the benchmarks" >&2
    (cd "$root" && ./mvnw -q -DskipTests -Dspotless.check.skip -pl src/bench -am package >&2)
    touch "$stamp"
  fi
}

# Prints the Python that has PyTorch; makes a virtual environment in the cache when there is none.
bench_python() {
  local python=$cache/python/bin/python
  if ! "$python" -c 'import torch, numpy' 2>/dev/null; then
    echo "making a Python environment with PyTorch in $cache/python (some minutes)" >&2
    python3 -m venv "$cache/python" >&2
    "$cache/python/bin/pip" install --progress-bar on -r "$root/worker/src/test/python/requirements.txt" >&2
  fi
  echo "$python"
}

# bench_java MAIN ARGUMENTS… with the settings of src/dev/viewal; JAVA_FLAGS adds to them.
bench_java() {
  "$JAVA_HOME/bin/java" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -Djava.awt.headless=true \
    -Djava.util.logging.config.file="$scratch/logging.properties" -XX:+UseSerialGC ${JAVA_FLAGS:-} \
    -Dorg.bytedeco.javacpp.cachedir="$cache/javacpp" -Dviewal.bench.python="${python:-}" \
    -Dviewal.bench.opponent="${opponent:-$root/src/bench/reference_scoring.py}" -Dai.djl.offline=true -DDJL_CACHE_DIR="$cache/djl" \
    -cp "$root/src/bench/target/classes:$root/worker/target/classes:$root/worker/target/writers/*:$root/worker/target/lib/*" \
    "$@" 2> >(grep -v 'Using incubator modules' >&2)
}
