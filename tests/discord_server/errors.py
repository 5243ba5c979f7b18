"""How Discord says no: a status, a code and words, and what of it is the client's fault."""

from typing import Any


class Refused(Exception):
    """An answer that is an error.

    Attributes:
        status: HTTP's.
        code: Discord's own.
        errors: Where in a form which error lies, nested as the form is.
        problem: Which rule the client broke; empty where a well-behaved client may get this answer too.
    """

    def __init__(self, status: int, code: int, message: str, problem: str = "", errors: Any = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.problem, self.errors = status, code, message, problem, errors

    def body(self) -> dict[str, Any]:
        """The answer's JSON."""
        made = {"message": self.message, "code": self.code}
        return made | ({"errors": self.errors} if self.errors else {})


def invalid(where: str, code: str, message: str) -> Refused:
    """A form with a fault at `where`, a dotted path such as `data.components.0.custom_id`."""
    errors: Any = {"_errors": [{"code": code, "message": message}]}
    for step in reversed(where.split(".")):
        errors = {step: errors}
    return Refused(400, 50035, "Invalid Form Body", f"{where}: {message}", errors)


def too_long(where: str, most: int) -> Refused:
    """More characters than allowed."""
    return invalid(where, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


def wrong_length(where: str, least: int, most: int) -> Refused:
    """Too few or too many of something."""
    return invalid(where, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


def required(where: str) -> Refused:
    """A field that is missing."""
    return invalid(where, "BASE_TYPE_REQUIRED", "This field is required")


def unknown(what: str, code: int, problem: str = "") -> Refused:
    """Something that isn't there."""
    return Refused(404, code, f"Unknown {what}", problem)


def unknown_message() -> Refused:
    return unknown("Message", 10008)


def unknown_channel() -> Refused:
    return unknown("Channel", 10003)


def too_large(problem: str) -> Refused:
    """A file or a request over its limit."""
    return Refused(413, 40005, "Request entity too large", problem)


def lacks_access() -> Refused:
    return Refused(403, 50001, "Missing Access")


def lacks_permission() -> Refused:
    return Refused(403, 50013, "Missing Permissions")
