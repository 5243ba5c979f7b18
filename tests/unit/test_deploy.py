"""The systemd unit and the container file say things that are true of this Limner."""

import re
from pathlib import Path

from bot import alive, plugins
from bot.settings import Settings, load

DEPLOY = Path(__file__).parents[2] / "deploy"
UNIT = (DEPLOY / "limner.service").read_text()
CONTAINER = (DEPLOY / "Containerfile").read_text()


def test_both_start_a_command_that_there_is() -> None:
    """What is started is a sub-command of `limner`."""
    commands = plugins.available("commands")
    assert re.search(r"^ExecStart=\S+/limner (\w+)$", UNIT, re.MULTILINE)[1] in commands  # type: ignore[index]
    assert re.search(r'^CMD \["(\w+)"\]$', CONTAINER, re.MULTILINE)[1] in commands  # type: ignore[index]


def test_their_environment_is_settings_that_there_are() -> None:
    """Every LIMNER_ name that they set is read without complaint and means what it says."""
    inside = dict(re.findall(r"(LIMNER_\w+)=(\S+)", CONTAINER[CONTAINER.index("ENV PATH") :]))
    settings = load(environment=inside)
    assert str(settings.home) == "/data"
    assert settings.adapters == {"web": {"host": "0.0.0.0"}}
    named = dict(re.findall(r"(LIMNER_(?!CONFIG)\w+)=(\S+)", UNIT))
    assert str(load(environment=named).home) == "/var/lib/limner"


def test_systemd_waits_longer_than_limner_does() -> None:
    """Limner gives up by itself before it is killed."""
    wait_s = int(re.search(r"^TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)[1])  # type: ignore[index]
    assert wait_s > Settings().stop_grace_s


def test_nothing_runs_as_root() -> None:
    """Both name a user of their own, and the unit may write to its own folders only."""
    assert re.search(r"^USER 10001:10001$", CONTAINER, re.MULTILINE)
    assert {"User=limner", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="} <= set(
        UNIT.splitlines()
    )


def test_the_health_check_asks_an_address_that_answers() -> None:
    """The path is that at which every server of Limner's says that it lives."""
    path = re.search(r"127\.0\.0\.1:8080(/\w+)", CONTAINER)[1]  # type: ignore[index]
    assert path == alive.PATH


def test_what_the_image_copies_is_there() -> None:
    """Every source of a COPY exists, and .containerignore lets it through."""
    allowed = (DEPLOY.parent / ".containerignore").read_text().split()
    sources = [name for line in re.findall(r"^COPY (?!--)(.*)$", CONTAINER, re.MULTILINE) for name in line.split()[:-1]]
    assert sources
    for name in sources:
        assert (DEPLOY.parent / name).exists(), name
        assert f"!{name}" in allowed
