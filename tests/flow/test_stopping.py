"""`limner serve` told to stop: it finishes what is under way, or gives it back for the next one to finish."""

import signal
import socket
import subprocess
from pathlib import Path

from tests.flow.test_examples import installed, wait_for
from tests.helpers.terminal import LIMNER, PATIENCE_S, environment, limner

__all__ = ["installed"]


def settings(folder: Path, step_s: float, stop_grace_s: float) -> None:
    (folder / "limner.toml").write_text(
        f"stop_grace_s = {stop_grace_s}\n[adapters.mailbox]\nfolder = 'letters'\nlook_every_s = 0.05\n"
        f"[engines.paper]\nstep_s = {step_s}\n"
    )


def ask(folder: Path, service: "subprocess.Popen[bytes]") -> None:
    (folder / "letters" / "cat.letter").write_text("a red cat")
    (folder / "letters" / "cat.letter").rename(folder / "letters" / "cat.txt")
    wait_for(folder / "letters" / "cat.taken", service)


def until_painting(home: Path) -> None:
    """Look into the line until the painter is at work."""
    while b'"painting"' not in limner(home, "queue", "--json").stdout:
        pass


def test_what_is_under_way_is_finished(tmp_path: Path, installed: str) -> None:
    """A picture that is being painted when SIGTERM comes is painted and posted; systemd is told of start and end."""
    settings(tmp_path, 1.5, 120)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(PATIENCE_S)
        env = environment(tmp_path / "home", PYTHONPATH=installed, NOTIFY_SOCKET=str(tmp_path / "notify"))
        with subprocess.Popen([LIMNER, "serve"], stderr=subprocess.PIPE, env=env, cwd=tmp_path) as service:
            assert systemd.recv(100) == b"READY=1"
            ask(tmp_path, service)
            until_painting(tmp_path / "home")
            service.send_signal(signal.SIGTERM)
            assert systemd.recv(100) == b"STOPPING=1"
            assert service.wait(PATIENCE_S) == 0
    assert (tmp_path / "letters" / "cat-1.png").exists()


def test_what_can_not_be_finished_in_time_is_given_back(tmp_path: Path, installed: str) -> None:
    """Without time to finish, the request stays in the line and the next service answers it, once."""
    settings(tmp_path, 60, 0)
    env = environment(tmp_path / "home", PYTHONPATH=installed)
    with subprocess.Popen([LIMNER, "serve"], stderr=subprocess.PIPE, env=env, cwd=tmp_path) as service:
        assert service.stderr is not None
        service.stderr.readline()
        ask(tmp_path, service)
        service.send_signal(signal.SIGTERM)
        assert service.wait(PATIENCE_S) == 0
    assert not (tmp_path / "letters" / "cat-1.png").exists()
    settings(tmp_path, 0, 0)
    with subprocess.Popen([LIMNER, "serve"], stderr=subprocess.PIPE, env=env, cwd=tmp_path) as service:
        wait_for(tmp_path / "letters" / "cat-1.png", service)
        service.send_signal(signal.SIGTERM)
        assert service.wait(PATIENCE_S) == 0


def test_a_second_sigterm_stops_at_once(tmp_path: Path, installed: str) -> None:
    """Whoever can't wait says so twice."""
    settings(tmp_path, 60, 3600)
    env = environment(tmp_path / "home", PYTHONPATH=installed)
    with subprocess.Popen([LIMNER, "serve"], stderr=subprocess.PIPE, env=env, cwd=tmp_path) as service:
        assert service.stderr is not None
        service.stderr.readline()
        ask(tmp_path, service)
        until_painting(tmp_path / "home")
        service.send_signal(signal.SIGTERM)
        assert b"a second SIGTERM" in service.stderr.readline()
        service.send_signal(signal.SIGTERM)
        assert service.wait(PATIENCE_S) == 0
