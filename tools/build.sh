#!/bin/sh
# Builds one CMake preset: tools/build.sh PRESET [TARGET ...]
# Says so, and builds nothing, where "fused" lacks a compiler.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
preset=$1
shift

case $preset in
wasm)
    EMSCRIPTEN_ROOT=$(em-config EMSCRIPTEN_ROOT)
    export EMSCRIPTEN_ROOT
    ;;
fused)
    . tools/toolchain/find.sh
    if ! find_toolchain; then
        echo "Left out: fused multiply-add, which takes Emscripten $oldest; ./run toolchain gets it."
        rm -rf build/fused
        exit
    fi
    ;;
esac

[ -f "build/$preset/build.ninja" ] || cmake --preset "$preset"
cmake --build --preset "$preset" ${1:+--target "$@"} -- --quiet
