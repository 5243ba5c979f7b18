"""What the hub's errors mean to whoever wanted a model."""

import httpx2
import pytest
from huggingface_hub import errors

from bot.errors import ModelUnavailable
from tools.engine.painter import hub

RESPONSE = httpx2.Response(403, request=httpx2.Request("GET", "https://huggingface.co"))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errors.GatedRepoError("no", response=RESPONSE), "accepted its terms.*HF_TOKEN"),
        (errors.RepositoryNotFoundError("no", response=RESPONSE), "There is no repository 'owner/name'.*HF_TOKEN"),
        (errors.LocalEntryNotFoundError("no"), "hub can't be reached.*HF_HUB_OFFLINE"),
        (errors.OfflineModeIsEnabled("no"), "hub can't be reached"),
        (ConnectionError("no"), "hub can't be reached"),
        (errors.HfHubHTTPError("too many requests\nand more", response=RESPONSE), "too many requests"),
        (OSError(28, "No space left on device"), "No space left on device"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_errors(error, words):
    """Each is one plain line that names the repository and what to do."""
    known = hub.explain("owner/name", error)
    assert known.model == "owner/name"
    assert "owner/name" in known.problem
    assert "\n" not in str(known)
    with pytest.raises(ModelUnavailable, match=words):
        raise known


def test_first_line():
    """An error without words is called by its name, and a long one is cut."""
    assert hub.first_line(ValueError()) == "ValueError"
    assert hub.first_line(ValueError("one\ntwo")) == "ValueError: one"
    assert len(hub.first_line(ValueError("x" * 1000))) < 250
