#!/bin/sh
# Finds an Emscripten that knows relaxed SIMD; read by other scripts, which say where the project
# is: $root.

oldest=3.1.69
toolchain=$root/build/toolchain # what get.sh fetches, complete once the file "works" is there

# Sets what CMake needs to build with it; fails where there is none.
find_toolchain() {
    if installed_is_new; then
        EMSCRIPTEN_ROOT=$installed
    elif [ -f "$toolchain/works" ]; then
        EMSCRIPTEN_ROOT=$toolchain/emscripten/usr/share/emscripten
        EM_CONFIG=$root/tools/toolchain/em-config.py
        export EM_CONFIG
    else
        return 1
    fi
    export EMSCRIPTEN_ROOT
}

installed_is_new() {
    installed=$(em-config EMSCRIPTEN_ROOT 2>/dev/null) || return 1
    version=$(tr -d '"' <"$installed/emscripten-version.txt") || return 1
    [ "$(printf '%s\n' "$oldest" "$version" | sort -V | head -n 1)" = "$oldest" ]
}
