"""Programs that some tests need: without one they are skipped, or fail where CI=true says that nothing may be."""

import os
import shutil

import pytest


def needs(program: str, apt_package: str, *, path: str | None = None) -> str:
    """Where the program is.

    Args:
        program: Its name.
        apt_package: What brings it on Debian and Ubuntu.
        path: Folders to look in, as in $PATH, instead of those of $PATH.
    """
    found = shutil.which(program, path=path)
    if found is None:
        missing = f"{program} is missing: sudo apt-get install {apt_package}"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    return found
