"""One Chromium and one Limner for all browser tests; every test's visitors are persons of their own."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.helpers.browser import House, Visitor, chromium

# Not for the whole session: Playwright keeps an event loop running, and tests elsewhere want to run theirs.


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with House(tmp_path_factory.mktemp("home"), {"messages_per_minute": 1000}) as house:
        yield house


@pytest.fixture
def visit(browser: Browser, house: House) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors; at the end none may have complained."""
    visitors: list[Visitor] = []

    def make(**options: object) -> Visitor:
        visitors.append(Visitor(browser, house.url, **options))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


@pytest.fixture
def visitor(visit: Callable[..., Visitor]) -> Visitor:
    return visit(viewport={"width": 1280, "height": 860})


@pytest.fixture
def page(visitor: Visitor) -> Page:
    """The chat in a window of ordinary size, with nothing said yet."""
    return visitor.page()
