# Sourced by src/dev/trainer-image: Python with PyTorch for the CPU in a folder, of Debian packages that are unpacked and
# not installed. The one that `pip` gives for this platform brings CUDA along, in 5 GB.

python_packages=('python3-torch=1.13.1*' 'python3-numpy=1:1.24.2*')

# python_root TARGET WORK: fills TARGET, which is laid out as an image's root.
python_root() {
  local target=$1 all=$2/all packages=$2/packages name
  mkdir -p "$packages/partial" "$target" "$all/usr"/{bin,sbin,lib,lib64}
  fetch_packages "$packages" || return 1
  say "unpacking $(find "$packages" -name '*.deb' | wc -l) packages"
  for name in bin sbin lib lib64; do ln -s "usr/$name" "$all/$name"; done
  for name in "$packages"/*.deb; do
    dpkg-deb --fsys-tarfile "$name" | tar -x -C "$all" --keep-directory-symlink --exclude='./usr/share' || return 1
  done
  # What installing would have done: choose among alternatives.
  for name in blas lapack; do ln -sf "$name/lib$name.so.3" "$all/usr/lib/x86_64-linux-gnu/lib$name.so.3"; done
  (needed "$(readlink -f "$all")") | sort -u > "$2/needed" || return 1
  tar -C "$all" --no-recursion -T "$2/needed" -c | tar -x -C "$target" || return 1
  find "$target/usr/lib" -xtype l -delete  # links to what was left behind
  mkdir -p "$target"/{etc,tmp,scratch}
  chmod 1777 "$target"/{tmp,scratch}
  echo 'trainer:x:10001:10001:trainer:/tmp:/sbin/nologin' > "$target/etc/passwd"
  echo 'trainer:x:10001:' > "$target/etc/group"
  echo 'hosts: files dns' > "$target/etc/nsswitch.conf"
  # A container's root can't be written, so Python would compile its modules anew at every start.
  run_python "$target" -m compileall -q -j 0 --invalidation-mode unchecked-hash -s "$target" "$target/usr/lib" || return 1
  run_python "$target" -c 'import numpy, torch; torch.nn.Conv2d(3, 8, 3)(torch.rand(1, 3, 9, 9)).sum().backward()'
}

# fetch_packages FOLDER: the packages and all that they depend on, as for a machine that has none.
fetch_packages() {
  local log=$1/apt.log
  fetch() {
    apt-get install --download-only -qq -y --no-install-recommends -o Dir::State::status=/dev/null \
      -o Debug::NoLocking=1 -o Dir::Cache::archives="$1" "${python_packages[@]}" > "$log" 2>&1
  }
  fetch "$1" || { apt-get update >> "$log" 2>&1 && fetch "$1"; } ||
    { cat "$log" >&2; fail "apt-get finds no ${python_packages[*]}; is this Debian 12 or a release with the same packages?"; }
}

# needed ROOT: paths of the interpreter, its modules, and the libraries that they are linked with. The packages hold twice as
# much: tests, headers, drivers of displays, compilers.
needed() {
  local root=$1
  cd "$root" || return 1
  printf '%s\n' bin sbin lib lib64 usr/lib64/ld-linux-x86-64.so.2
  find usr/bin/python3 usr/bin/python3.11 usr/lib/python3.11 \
    usr/lib/python3/dist-packages/{torch,torchgen,functorch,numpy,typing_extensions.py} \
    \( -name test -o -name tests -o -name lib2to3 -o -path '*/torch/include' \
      -o -path '*/torch/bin/*' ! -name torch_shm_manager \) -prune -o ! -xtype l -print |
    tee "$root.modules"
  grep -e '\.so$' -e bin/python3.11 "$root.modules" | while read -r file; do
    readlink -f "$file"
    with_loader "$root" --list "$root/$file" | awk '$2 == "=>" {print $3} $2 != "=>" {print $1}'
  done | grep "^$root/" | sort -u | while read -r file; do echo "$file"; readlink -f "$file"; done | sed "s|^$root/||"
  find usr/lib -maxdepth 3 -path "*.so*" -type l
}

# with_loader ROOT PROGRAM...: runs a program of ROOT with the libraries of ROOT alone.
with_loader() {
  local libraries=$1/usr/lib/x86_64-linux-gnu; shift
  "$libraries/ld-linux-x86-64.so.2" --inhibit-cache --library-path "$libraries:$libraries/pulseaudio:${libraries%/*}" "$@"
}

# run_python ROOT ARGUMENT...
run_python() {
  local root=$1; shift
  PYTHONHOME=$root/usr with_loader "$root" "$root/usr/bin/python3.11" "$@"
}
