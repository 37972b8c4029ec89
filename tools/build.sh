#!/bin/sh
# Builds one CMake preset: tools/build.sh PRESET [TARGET ...]
set -eu
cd "$(dirname "$0")/.."
preset=$1
shift

if [ "$preset" = wasm ]; then
    EMSCRIPTEN_ROOT=$(em-config EMSCRIPTEN_ROOT)
    export EMSCRIPTEN_ROOT
fi

[ -f "build/$preset/build.ninja" ] || cmake --preset "$preset"
cmake --build --preset "$preset" ${1:+--target "$@"} -- --quiet
