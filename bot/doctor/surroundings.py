"""What is around Limner: the clock, the terminal's encoding, proxies."""

import ipaddress
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from bot.doctor.aside import ask
from bot.doctor.finding import Case, Check, Finding, ok, problem, together, warning

# Certificates and wheels of this program are all from this year or later.
FIRST_YEAR, LAST_YEAR = 2026, 2090
NTP = ("timedatectl", "show", "--property=NTPSynchronized", "--value")
PROXIES = ("http_proxy", "https_proxy", "all_proxy")


async def look_at_clock(case: Case) -> Finding:
    """Whether the clock shows a time that can be, and is kept right."""
    try:
        said = await ask(*NTP, environment=case.environment, limit_s=5.0)
    except (TimeoutError, OSError):
        said = None
    return judge_clock(time.time(), said.out.strip() if said and not said.code else "")


async def look_at_terminal(case: Case) -> Finding:
    """Whether words in all languages can be shown."""
    encoding = (sys.stdout.encoding or "ascii").lower()
    if encoding.replace("-", "") == "utf8":
        return ok("UTF-8")
    language = case.environment.get("LC_ALL") or case.environment.get("LANG") or "not set"
    return warning(
        f"its encoding is {encoding} (locale {language}), which can't show Chinese, say",
        "export LANG=C.UTF-8 (or PYTHONUTF8=1)",
    )


async def look_at_proxies(case: Case) -> Finding:
    """Whether proxies of the environment can be used, and leave addresses of one's own alone."""
    named = {name: value for name, value in case.environment.items() if name.lower() in PROXIES and value}
    if not named:
        return ok("none in the environment")
    findings = [finding for name, value in sorted(named.items()) for finding in _unusable(name, value)]
    if not findings:
        own = {key: url for key, url in _addresses(case).items() if _goes_through_proxy(url, case.environment)}
        findings = [
            warning(
                f"{key} leads to {_host(url)}, which looks like a machine of your own, through a proxy",
                f"export NO_PROXY={_host(url)},localhost,127.0.0.1",
            )
            for key, url in own.items()
        ]
    return together(findings, f"{', '.join(sorted(named))} in use")


CHECKS = (
    Check("clock", look_at_clock, always=True),
    Check("terminal", look_at_terminal, always=True),
    Check("proxies", look_at_proxies),
)


def judge_clock(now_s: float, synchronised: str) -> Finding:
    """The finding on the system's time; `synchronised` is timedatectl's 'yes', 'no' or nothing."""
    now = datetime.fromtimestamp(now_s, UTC)
    found = f"{now:%Y-%m-%d %H:%M} UTC"
    if not FIRST_YEAR <= now.year <= LAST_YEAR:
        return problem(f"{found} can't be: no server's certificate will be accepted", "timedatectl set-ntp true")
    if synchronised == "no":
        return warning(f"{found}, not set by NTP", "timedatectl set-ntp true")
    return ok(f"{found}{', set by NTP' if synchronised == 'yes' else ''}")


def _unusable(name: str, value: str) -> list[Finding]:
    import httpx

    try:
        httpx.Client(proxy=value).close()
    except ImportError:
        return [problem(f"{name} is a SOCKS proxy, which needs a package", "pip install 'httpx[socks]'")]
    except (ValueError, httpx.InvalidURL):
        return [problem(f"{name} is no proxy's address", "Expected for example http://proxy:3128")]
    return []


def _addresses(case: Case) -> dict[str, str]:
    """The addresses in settings that may be on one's own machines."""
    found = {"openai_base_url": case.settings.openai_base_url}
    if case.settings.engine in case.settings.engines:
        url = case.settings.engines[case.settings.engine].get("url", "")
        found[f"engines.{case.settings.engine}.url"] = str(url)
    # The LLM's client leaves proxies aside on this machine's own addresses; the painter's does not.
    on_this_machine = "localhost", "127.0.0.1", "::1"
    return {
        key: url
        for key, url in found.items()
        if url and not (key == "openai_base_url" and _host(url) in on_this_machine)
    }


def _goes_through_proxy(url: str, environment: Mapping[str, str]) -> bool:
    host = _host(url)
    # Names without a dot, and private addresses, mean nothing outside the house.
    if "." in host and not _is_private(host) and not host.endswith((".local", ".lan", ".internal", ".home")):
        return False
    excluded = (environment.get("no_proxy") or environment.get("NO_PROXY") or "").replace(" ", "").split(",")
    return "*" not in excluded and not any(
        host == one or host.endswith(f".{one.lstrip('.')}") for one in excluded if one
    )


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _is_private(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False
