#!/bin/sh
# Gets an Emscripten that knows relaxed SIMD, for the module with fused multiply-add, where none is
# installed. On Debian 12 that takes three of its packages (clang-19, lld-19, llvm-19), Debian 13's
# package of Emscripten, which is only unpacked into build/toolchain, and Binaryen from npm.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tools/setup.sh"
. "$root/tools/toolchain/find.sh"

main() {
    if find_toolchain; then
        return
    fi
    if [ "$(codename)" != bookworm ]; then
        echo "Install Emscripten $oldest or newer: this script knows how on Debian 12 only." >&2
        exit 1
    fi
    missing=
    need_command /usr/lib/llvm-19/bin/clang clang-19
    need_command /usr/lib/llvm-19/bin/wasm-ld lld-19
    need_command /usr/lib/llvm-19/bin/llvm-ar llvm-19
    [ -z "$missing" ] || install_packages
    rm -rf "$toolchain"
    mkdir -p "$toolchain"
    cd "$toolchain"
    get_binaryen
    get_emscripten
    try_it
    touch works
}

codename() {
    (. /etc/os-release && echo "${VERSION_CODENAME:-}") 2>/dev/null
}

get_binaryen() {
    cp "$root/tools/toolchain/package.json" "$root/tools/toolchain/package-lock.json" .
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
}

# The system's own list of packages and sources stay as they are: apt works in a folder of its own.
get_emscripten() {
    echo "Fetching Emscripten of Debian 13 (237 MB) into build/toolchain"
    mkdir -p apt/lists/partial apt/archives/partial
    touch apt/status
    keys=/usr/share/keyrings/debian-archive-keyring.gpg
    echo "deb [signed-by=$keys] $(mirror) trixie main" >apt/sources.list
    private_apt update
    private_apt download emscripten
    mkdir emscripten
    # Of the libraries only the plain ones: the others take more than a gigabyte.
    dpkg-deb --fsys-tarfile emscripten_*.deb | tar -x -C emscripten --wildcards \
        --exclude='*/emscripten/test' --exclude='*/wasm32-emscripten/*/*' \
        --exclude='*-emu*.a' --exclude='*-mt*.a' --exclude='*-ww*.a' --exclude='*-asan*.a'
    rm -rf apt emscripten_*.deb
}

private_apt() {
    apt-get -q -o Dir::Etc::SourceList="$PWD/apt/sources.list" -o Dir::Etc::SourceParts=- \
        -o Dir::State::Lists="$PWD/apt/lists" -o Dir::State::Status="$PWD/apt/status" \
        -o Dir::Cache="$PWD/apt" -o APT::Sandbox::User=root "$@"
}

# Where the system's packages come from.
mirror() {
    # shellcheck disable=SC2016 # the words of apt
    apt-get indextargets --format '$(REPO_URI)' \
        "Created-By: Packages" "Release: $(codename)" "Component: main" | head -n 1
}

try_it() {
    cat >try.c <<END
#include <wasm_simd128.h>
v128_t f(v128_t a, v128_t b, v128_t c) { return wasm_f32x4_relaxed_madd(a, b, c); }
END
    EM_CONFIG=$root/tools/toolchain/em-config.py emscripten/usr/share/emscripten/emcc -O2 \
        -mrelaxed-simd -sSTANDALONE_WASM -sWASM_BIGINT -sEXPORTED_FUNCTIONS=_f --no-entry try.c -o try.wasm
    rm try.c try.wasm
}

main
