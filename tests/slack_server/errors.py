"""How Slack says no: a word in `error`, and what of it is the client's fault."""

from collections.abc import Sequence
from typing import Any


class Refused(Exception):
    """An answer that is an error.

    Attributes:
        error: Slack's word for it.
        problem: Which rule the client broke; empty where a well-behaved client may get this answer too.
        status: HTTP's; 0 for the usual one.
        more: Further fields of the answer.
    """

    def __init__(
        self, error: str, problem: str = "", *, status: int = 0, messages: Sequence[str] = (), **more: Any
    ) -> None:
        super().__init__(error)
        self.error, self.problem, self.status, self.more = error, problem, status, more
        self.headers: dict[str, str] = {}
        if messages:
            self.more["response_metadata"] = {"messages": [f"[ERROR] {one}" for one in messages]}

    def body(self) -> dict[str, Any]:
        return {"ok": False, "error": self.error, **self.more}


def invalid(error: str, where: str, words: str) -> Refused:
    """A wrong argument, and where in it the fault lies."""
    return Refused(error, f"{where}: {words}", messages=[f"{words} [json-pointer:/{where.replace('.', '/')}]"])
