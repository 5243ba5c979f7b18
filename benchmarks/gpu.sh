#!/usr/bin/env bash
# The painter's goals on a GPU machine that has Python 3.12 with torch 2.11 and perhaps no network.
#
#   benchmarks/gpu.sh wheels             where there is a network: brings what is missing there into out/wheels
#   OUT=results benchmarks/gpu.sh 5      equal pictures alone and in company
#   OUT=results benchmarks/gpu.sh 2      throughput with 16 users, 512 px
#   OUT=results benchmarks/gpu.sh 1      short requests among long ones, 512 px
#   OUT=results benchmarks/gpu.sh 4      one picture of 1024 px
#
# Each goal ends within nine minutes; the same command once more goes on where it ended. After the goal may stand the
# names of models (sdxl flux zimage). With --rehearse all of it runs on a CPU with tiny models, and no figure means
# anything. PYTHON, WHEELS, SITE, WORK and OUT say which Python, and where wheels, packages, models and results lie.
set -euo pipefail
cd "$(dirname "$0")/.."

PYTHON=${PYTHON:-python3}
WHEELS=${WHEELS:-out/wheels}
SITE=${SITE:-${TMPDIR:-/tmp}/limner-site}
WORK=${WORK:-${TMPDIR:-/tmp}/limner-gpu}
OUT=${OUT:-out/gpu}

# Neither torch nor torchvision nor numpy: those of the machine fit each other and its driver.
NEEDED="accelerate annotated-types anyio certifi charset-normalizer click diffusers filelock fsspec h11 httpcore httpcore2
  httpx httpx2 huggingface-hub idna importlib-metadata packaging pillow platformdirs psutil pydantic pydantic-core
  python-multipart pyyaml regex requests safetensors starlette tokenizers tqdm transformers truststore typing-extensions
  typing-inspection urllib3 uvicorn zipp"

wheels() {
  mkdir -p "$WHEELS"
  local pins=()
  for name in $NEEDED; do
    pin=$(sed -n "s/^\($name==[^ ]*\).*/\1/p" constraints.txt)
    [ -n "$pin" ] || { echo "constraints.txt has no version of $name" >&2; exit 1; }
    pins+=("$pin")
  done
  "$PYTHON" -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --python-version 3.12 \
    --implementation cp --platform manylinux_2_28_x86_64 --platform manylinux_2_27_x86_64 \
    --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 --platform manylinux_2_5_x86_64 \
    --platform manylinux1_x86_64 --dest "$WHEELS" "${pins[@]}"
  du -sh "$WHEELS"
}

install() {
  ls "$WHEELS"/*.whl >/dev/null 2>&1 || return 0
  [ -e "$SITE/.whole" ] || {
    rm -rf "$SITE"
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-cache-dir \
      --target "$SITE" "$WHEELS"/*.whl
    touch "$SITE/.whole"
  }
  export PYTHONPATH="$SITE${PYTHONPATH:+:$PYTHONPATH}"
}

case "${1:-}" in
  wheels) wheels ;;
  5 | 2 | 1 | 4)
    install
    exec "$PYTHON" -m benchmarks.painter_gpu "$@" --out "$OUT" --work "$WORK"
    ;;
  *)
    sed -n '2,13s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
