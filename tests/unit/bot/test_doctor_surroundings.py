"""The doctor on what is around Limner: clocks that are wrong, proxies in the way."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.doctor.finding import Level
from bot.doctor.surroundings import judge_clock, look_at_clock, look_at_proxies, look_at_terminal
from tests.helpers.sick import case, program

LOCAL = "http://127.0.0.1:9/v1"


async def test_a_clock_that_is_not_set_by_ntp(tmp_path: Path) -> None:
    """What timedatectl says is told, with the line that sets it right; without timedatectl there is nothing to say."""
    path = f"{program(tmp_path / 'bin', 'timedatectl', 'echo no')}:/bin"
    found = await look_at_clock(case(tmp_path, {"PATH": path}))
    assert found.level is Level.WARNING
    assert found.found.endswith("not set by NTP")
    assert found.remedy == "timedatectl set-ntp true"
    assert (await look_at_clock(case(tmp_path, {"PATH": str(tmp_path)}))).level is Level.OK
    failing = program(tmp_path / "failing", "timedatectl", "echo 'System has not been booted with systemd' >&2; exit 1")
    assert (await look_at_clock(case(tmp_path, {"PATH": str(failing)}))).level is Level.OK


@pytest.mark.parametrize("year", [1970, 2024, 2106])
def test_a_year_that_can_not_be(year: int) -> None:
    """A clock that was reset is a problem: certificates would be refused."""
    found = judge_clock(datetime(year, 1, 2, tzinfo=UTC).timestamp(), "")
    assert found.level is Level.PROBLEM
    assert f"{year}-01-02" in found.found
    assert found.remedy


def test_a_clock_that_is_right() -> None:
    """A time that can be is well."""
    found = judge_clock(datetime(2026, 11, 22, 4, 30, tzinfo=UTC).timestamp(), "yes")
    assert (found.level, found.found) == (Level.OK, "2026-11-22 04:30 UTC, set by NTP")


async def test_no_proxies(tmp_path: Path) -> None:
    """Without proxies there is nothing to look at; empty ones count as none."""
    assert (await look_at_proxies(case(tmp_path, {"HTTPS_PROXY": ""}))).found == "none in the environment"


@pytest.mark.parametrize(
    ("value", "words", "remedy"),
    [
        ("proxy.example.com:3128:80", "HTTPS_PROXY is no proxy's address", "http://proxy:3128"),
        ("ftp://proxy.example.com", "HTTPS_PROXY is no proxy's address", "http://proxy:3128"),
    ],
)
async def test_a_proxy_that_can_not_be_used(tmp_path: Path, value: str, words: str, remedy: str) -> None:
    """What is no proxy's address would stop every call to an LLM or the hub."""
    found = await look_at_proxies(case(tmp_path, {"HTTPS_PROXY": value}))
    assert (found.level, found.found) == (Level.PROBLEM, words)
    assert remedy in found.remedy


async def test_a_socks_proxy_without_its_package(tmp_path: Path) -> None:
    """SOCKS needs a package more."""
    try:
        import socksio  # noqa: F401
    except ImportError:
        found = await look_at_proxies(case(tmp_path, {"all_proxy": "socks5://127.0.0.1:1080"}))
        assert found.level is Level.PROBLEM
        assert "pip install 'httpx[socks]'" in found.remedy


@pytest.mark.parametrize(
    ("settings", "excluded", "warned"),
    [
        ({"openai_base_url": "http://gpu-box:8000/v1"}, "", "openai_base_url leads to gpu-box"),
        ({"openai_base_url": "http://10.1.2.3:8000/v1"}, "example.com", "openai_base_url leads to 10.1.2.3"),
        ({"openai_base_url": "http://gpu-box:8000/v1"}, "localhost, gpu-box", ""),
        ({"openai_base_url": "http://llm.office.lan/v1"}, ".office.lan", ""),
        ({"openai_base_url": "http://gpu-box:8000/v1"}, "*", ""),
        ({"openai_base_url": LOCAL}, "", ""),
        ({"openai_base_url": "https://api.example.com/v1"}, "", ""),
        (
            {"engine": "remote", "engines": {"remote": {"url": "http://127.0.0.1:8765"}}},
            "",
            "engines.remote.url leads to 127.0.0.1",
        ),
    ],
)
async def test_machines_of_ones_own_behind_a_proxy(
    tmp_path: Path, settings: dict[str, object], excluded: str, warned: str
) -> None:
    """An address in the house that would go out through the proxy is told, with the NO_PROXY that keeps it in."""
    environment = {"http_proxy": "http://proxy.example.com:3128", "NO_PROXY": excluded}
    found = await look_at_proxies(case(tmp_path, environment, **settings))
    assert found.level is (Level.WARNING if warned else Level.OK), found
    assert warned in found.found
    assert ("export NO_PROXY=" in found.remedy) is bool(warned)


async def test_the_tests_terminal(tmp_path: Path) -> None:
    """The encoding is that of standard output, whatever it is."""
    assert (await look_at_terminal(case(tmp_path))).level in (Level.OK, Level.WARNING)
