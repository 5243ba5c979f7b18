"""How the API says what the checker found."""

from dataclasses import replace

import pytest

from adapters.web.picture_shapes import said
from bot.checker.finding import Finding, Kind
from tests.support import PLAN


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("request_", ["three red cats, please", "请画三只红色的猫"])
def test_every_finding_is_a_sentence(kind: Kind, request_: str) -> None:
    """Of every kind, in the asker's language, naming what was found or wanted."""
    value = {Kind.COUNT: "3", Kind.TOO_LONG: "77", Kind.RELATION: "cat on dog"}.get(kind, "hat")
    found = "汽车" if kind is Kind.LANGUAGE else ""
    about = {Kind.RELATION: "cat|dog"}.get(kind, "cat")
    invented = kind in {Kind.INVENTED_ENTITY, Kind.INVENTED_TEXT}
    finding = Finding(kind, "prompt", about, "" if invented else value, value if invented else found)
    sentence = said(finding, replace(PLAN, request=request_))
    is_chinese = any("\u3400" <= letter <= "\u9fff" for letter in sentence.replace("汽车", ""))
    assert is_chinese == ("猫" in request_)
    assert any(word in sentence for word in (value, found, "three", "猫", "cat on") if word)
    assert sentence.endswith((".", "。"))
