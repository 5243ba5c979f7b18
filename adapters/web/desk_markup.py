"""Markup for pages that the server makes: every text becomes text, and both languages' words stand in one table."""

import html
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from bot.language import Language

VOID = frozenset({"meta", "link", "img", "input", "br"})
WORDS = Path(__file__).parent / "static" / "desk-words.json"


class Html(str):
    """Markup; what is no Html is text."""

    __slots__ = ()


def tag(name: str, /, *children: object, **attributes: object) -> Html:
    """An element; an underscore stands for a hyphen, one at the end for nothing; False and None leave one out."""
    given = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{html.escape(str(value))}"')
        for key, value in attributes.items()
        if value is not False and value is not None
    )
    return Html(f"<{name}{given}>" if name in VOID else f"<{name}{given}>{joined(*children)}</{name}>")


def joined(*children: object) -> Html:
    """Texts and elements one after the other; None and False are nothing."""
    return Html("".join(_text(child) for child in children if child is not None and child is not False))


def _text(child: object) -> str:
    if isinstance(child, Html):
        return child
    if isinstance(child, Iterable) and not isinstance(child, str):
        return joined(*child)
    return html.escape(str(child))


class Speaker:
    """Says the pages' words in a language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **filling: object) -> str:
        """A text with its fillings; the key itself where there is none, as for an event of a later version."""
        return _words().get(key, [key, key])[self.language == "zh"].format(**filling)

    def ago(self, seconds: float) -> str:
        """How long something is past, in its largest unit."""
        for unit, size in (("days_ago", 86_400), ("hours", 3600), ("minutes", 60)):
            if seconds >= size:
                return self(unit, n=int(seconds // size))
        return self("now")


@cache
def _words() -> dict[str, list[str]]:
    table: dict[str, list[str]] = json.loads(WORDS.read_text(encoding="utf-8"))
    return table


def page(say: Speaker, title: str, here: str, main: Html) -> str:
    """A whole page around its `main`; `here` is the address of the part that it belongs to."""
    links = [(say("drafts"), "/desk"), (say("knowledge"), "/desk/knowledge"), (say("reports"), "/desk/reports")]
    current = [tag("a", words, href=to, aria_current="page" if to == here else None) for words, to in links]
    tongues = [
        tag("a", name, href=f"?lang={code}", lang=code, hreflang=code)
        for code, name in (("en", "English"), ("zh", "中文"))
        if code != say.language
    ]
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", f"{title} · Limner"),
        tag("link", rel="icon", href="/static/icon.svg", type="image/svg+xml"),
        [tag("link", rel="stylesheet", href=f"/static/{name}.css") for name in ("css/base", "desk")],
        tag("script", type="module", src="/static/desk.js"),
    )
    top = tag(
        "header", tag("a", "Limner", href="/", class_="brand"), tag("nav", current, aria_label=say("desk")), tongues
    )
    skip = tag("a", say("skip"), href="#main", class_="skip")
    body = tag("body", skip, top, main, tag("p", id="live", role="status", class_="unseen"))
    return f"<!doctype html>{tag('html', head, body, lang='zh-Hans' if say.language == 'zh' else 'en')}"
