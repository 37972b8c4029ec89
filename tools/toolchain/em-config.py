# Configuration of the Emscripten that get.sh unpacks; emcc reads it as Python.
import os
import shutil

FOLDER = os.path.abspath(os.path.join(os.path.dirname(os.environ["EM_CONFIG"]), "../../build/toolchain"))

LLVM_ROOT = "/usr/lib/llvm-19/bin"
BINARYEN_ROOT = os.path.join(FOLDER, "node_modules/binaryen")
NODE_JS = shutil.which("node")
CACHE = os.path.join(FOLDER, "emscripten/usr/share/emscripten/cache")
FROZEN_CACHE = True
