"""The painter as a process: where it listens, and what it refuses."""

import os
import stat
import subprocess
import sys

import pytest
from click.testing import CliRunner

from bot.errors import SettingsError
from tools.engine.painter import host
from tools.engine.painter.command import painter
from tools.engine.painter.host import Options


def run(*arguments, **environment):
    """The painter's process with these arguments, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "tools.engine.painter", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | environment,
    )


def test_no_token_beyond_this_machine():
    """It does not listen to the network without a token, and says what to do in one line."""
    done = run("--model", "sketch", "--host", "0.0.0.0", "--port", "0", PAINTER_TOKEN="")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "without a token" in done.stderr
    assert "PAINTER_TOKEN" in done.stderr


def test_taken_port():
    """A port that is taken is said plainly."""
    with host._bind_port(Options("sketch")) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"Nothing can listen at 127.0.0.1:{port}"):
            host._bind(Options("sketch", port=port))


def test_token_lets_it_listen_everywhere():
    """With a token it may listen beyond this machine."""
    with host._bind(Options("sketch", host="0.0.0.0", token="secret")) as listener:
        assert listener.getsockname()[0] == "0.0.0.0"


def test_socket_is_private(tmp_path):
    """Only the owner may connect to the socket, whatever the folder and the mask allow."""
    before = os.umask(0)
    try:
        with host._bind(Options("sketch", socket=tmp_path / "s")):
            mode = (tmp_path / "s").stat().st_mode
    finally:
        os.umask(before)
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600


def test_stale_socket_is_replaced(tmp_path):
    """A socket that a dead painter left is no hindrance; a file that is no socket is not touched."""
    host._bind(Options("sketch", socket=tmp_path / "s")).close()
    host._bind(Options("sketch", socket=tmp_path / "s")).close()
    (tmp_path / "precious").write_text("mine")
    with pytest.raises(SettingsError, match="Nothing can listen at"):
        host._bind(Options("sketch", socket=tmp_path / "precious"))
    assert (tmp_path / "precious").read_text() == "mine"


def test_help_is_light():
    """`limner painter --help` imports neither torch nor the server."""
    code = (
        "import sys; from tools.engine.painter.command import painter\n"
        "try: painter(['--help'])\n"
        "except SystemExit: print([m for m in ('torch', 'diffusers', 'uvicorn', 'httpx') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert "Run the painter by itself" in done.stdout
    assert done.stdout.strip().endswith("[]")


@pytest.mark.parametrize("arguments", [["--port", "70000"], ["--device", "abacus"], ["--threads", "0"]])
def test_wrong_usage(arguments):
    """A wrong option is wrong usage."""
    assert CliRunner().invoke(painter, arguments).exit_code == 2
