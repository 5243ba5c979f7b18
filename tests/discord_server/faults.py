"""What goes wrong on demand: errors, cut connections, late answers."""

from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass
class Fault:
    """What happens to the next `count` requests of a route.

    Attributes:
        route: Method and template, such as `POST /channels/{channel_id}/messages`, with * and ? as in file names.
        after: Whether the request takes effect first.
        status: The error; None leaves the answer as it is.
        cut: Whether the connection ends without an answer.
        late_s: How long the answer waits (the effect does not).
        retry_after_s: With status 429, when the client may come back.
    """

    route: str
    count: int = 1
    after: bool = False
    status: int | None = None
    cut: bool = False
    late_s: float = 0.0
    retry_after_s: float = 0.0
    whole: bool = False


class Faults:
    """The faults that wait for their requests, in order."""

    def __init__(self, routes: Collection[str]) -> None:
        self.known = routes
        self._waiting: list[Fault] = []
        self.happened: list[str] = []

    def _add(self, fault: Fault) -> None:
        if not any(fnmatchcase(route, fault.route) for route in self.known):
            raise LookupError(f"no route {fault.route!r}")
        self._waiting.append(fault)

    def fails(self, route: str, status: int = 500, count: int = 1, *, after: bool = False) -> None:
        """An error of the server, before or after the effect."""
        self._add(Fault(route, count, after, status))

    def limits(self, route: str, retry_after_s: float, count: int = 1, *, whole: bool = False) -> None:
        """A 429 although there was no sign of it; `whole` over all routes."""
        self._add(Fault(route, count, status=429, retry_after_s=retry_after_s, whole=whole))

    def cuts(self, route: str, count: int = 1, *, after: bool = False) -> None:
        """A connection that ends without an answer, before or after the effect."""
        self._add(Fault(route, count, after, cut=True))

    def delays(self, route: str, late_s: float, count: int = 1) -> None:
        """An answer that comes late, its effect at once."""
        self._add(Fault(route, count, after=True, late_s=late_s))

    def take(self, route: str) -> Fault | None:
        """The fault of this request, used up by it."""
        for fault in self._waiting:
            if fnmatchcase(route, fault.route):
                fault.count -= 1
                if not fault.count:
                    self._waiting.remove(fault)
                self.happened.append(route)
                return fault
        return None

    def clear(self) -> None:
        self._waiting.clear()
