"""systemd's readiness protocol, on a real datagram socket."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("abstract", [False, True], ids=["path", "abstract"])
def test_systemd_is_told(tmp_path: Path, abstract: bool) -> None:
    """The state arrives at the socket that NOTIFY_SOCKET names, by path or as an abstract name."""
    if abstract and sys.platform != "linux":
        pytest.skip("abstract sockets are Linux's own")
    name = f"@limner-{os.getpid()}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(f"\0{name[1:]}" if abstract else name)
        systemd.settimeout(30)
        told("READY=1", NOTIFY_SOCKET=name)
        assert systemd.recv(100) == b"READY=1"


def test_nobody_asked() -> None:
    """Without the variable nothing happens."""
    told("READY=1", NOTIFY_SOCKET="")


def told(state: str, **environment: str) -> None:
    code = f"from bot.notify import notify; notify({state!r})"
    subprocess.run([sys.executable, "-c", code], env=os.environ | environment, check=True, timeout=60)
