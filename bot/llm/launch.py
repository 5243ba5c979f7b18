"""The process behind `llm = "local:..."`: `transformers serve`, which says when it is ready and ends with Limner.

Run by its path, with the arguments of `transformers serve`. It imports nothing of Limner's: the server is a program of
its own, and only its command line is used.
"""

import os
import runpy
import sys
import threading
import time
import urllib.request
from typing import TextIO

LOOK_AGAIN_S = 0.1


def main() -> None:
    """Serve until standard input ends; what goes wrong is said in the last line."""
    said = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # nobody reads standard output after 'ready': the server's own lines go into the log
    port = sys.argv[sys.argv.index("--port") + 1]
    threading.Thread(target=_end_with_parent, daemon=True).start()
    threading.Thread(target=_say_when_ready, args=(f"http://127.0.0.1:{port}/health", said), daemon=True).start()
    sys.argv = ["transformers", "serve", *sys.argv[1:]]
    try:
        runpy.run_module("transformers.cli.transformers", run_name="__main__")
    except Exception as error:  # noqa: BLE001 - whatever it is, its last line is what the person reads
        lines = str(error).strip().splitlines() or [""]
        sys.stderr.write(f"{type(error).__name__}: {lines[0]}\n")
        sys.stderr.flush()
        os._exit(1)


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def _say_when_ready(url: str, said: TextIO) -> None:
    """The server tells nobody when it has loaded its model and listens, so it is asked."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        try:
            with direct.open(url, timeout=5):
                said.write("ready\n")
                said.flush()
                return
        except OSError:
            time.sleep(LOOK_AGAIN_S)


if __name__ == "__main__":
    main()
