"""How the pages for a desk's colleagues look: the list of drafts, one draft, and what waits to become knowledge."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from adapters.web.desk_markup import Html, Speaker, joined, tag
from bot.desk.draft import Citation, Draft, Illustration, Kind, Status
from bot.desk.drafts import Event
from bot.desk.settings import DeskSettings
from bot.exchange import Exchange
from bot.knowledge.passage import Passage
from bot.knowledge.rows import Document
from bot.messages import Attachment

STATES = (Status.OPEN, Status.APPROVED, Status.AUTOMATIC, Status.REJECTED, Status.WITHDRAWN, Status.UNKNOWN)
SENT = (Status.APPROVED, Status.AUTOMATIC)
PAGE = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A draft with what stands around it.

    Attributes:
        pictures: sha256 of those that it has, with the words for who can't see them.
        said: The conversation's messages, and `answers` what was sent there, oldest first.
        passages: What the citations rest on; those that are gone are missing.
        events: What happened to this draft.
    """

    draft: Draft
    pictures: tuple[tuple[str, str], ...] = ()
    said: tuple[Exchange, ...] = ()
    answers: tuple[Draft, ...] = ()
    passages: dict[str, Passage] | None = None
    events: tuple[Event, ...] = ()


def drafts(
    say: Speaker, shown: Sequence[Shown], desks: Sequence[str], chosen: tuple[str, str], sure: DeskSettings
) -> Html:
    """The list: what waits, and what was decided lately; `chosen` is the desk and the state."""
    desk, state = chosen
    options = [
        tag("option", say("all"), value=""),
        *(tag("option", one, value=one, selected=one == desk) for one in desks),
    ]
    states = [tag("option", say("waiting_and_lately"), value="")]
    states += [tag("option", say(f"status_{one}"), value=one, selected=one == state) for one in STATES]
    chooser = tag(
        "form",
        tag("label", say("at_desk"), tag("select", options, name="desk")),
        tag("label", say("state"), tag("select", states, name="state")),
        tag("button", say("show")),
        method="get",
        action="/desk",
        class_="chooser",
    )
    open_ = [one for one in shown if one.draft.status is Status.OPEN]
    rest = [one for one in shown if one.draft.status is not Status.OPEN]
    parts: list[object] = [tag("h1", say("drafts")), chooser]
    if state in ("", Status.OPEN):
        parts += [tag("h2", say("waiting_n", n=len(open_))), _rows(say, open_, sure) or tag("p", say("nothing_waits"))]
    if state != Status.OPEN and rest:
        parts += [tag("h2", say(f"status_{state}" if state else "lately")), _rows(say, rest, sure)]
    if len(rest) >= PAGE:
        older = urlencode({"desk": desk, "state": state or Status.APPROVED, "before": rest[-1].draft.created_at})
        parts.append(tag("p", tag("a", say("older"), href=f"/desk?{older}")))
    news = say("news", n=len(open_))
    version = " ".join(["drafts", *(f"{one.draft.id}:{one.draft.status}" for one in shown)])
    return main(parts, version=version, news=news)


def main(*parts: object, version: str = "", news: str = "") -> Html:
    """The page's main part; with a version it is kept as new as the server's, and `news` is said when it changes."""
    return tag("main", parts, id="main", tabindex=-1, data_version=version or None, data_news=news or None)


def _rows(say: Speaker, shown: Sequence[Shown], sure: DeskSettings) -> Html | None:
    rows = [
        tag(
            "a",
            tag("img", src=_source(one.draft, one.pictures[0][0]), alt="", loading="lazy") if one.pictures else None,
            tag("strong", one.draft.question, lang=one.draft.language),
            tag("span", _facts(say, one.draft, sure), class_="facts"),
            href=f"/desk/drafts/{one.draft.id}",
            id=f"to-{one.draft.id}",
            class_="row",
        )
        for one in shown
    ]
    return tag("ul", (tag("li", row) for row in rows), class_="rows") if rows else None


def _facts(say: Speaker, draft: Draft, sure: DeskSettings) -> list[Html]:
    by = f" · {draft.decided_by}" if draft.decided_by else ""
    facts = [say(f"status_{draft.status}") + by, draft.adapter, say.ago(time.time() - draft.created_at)]
    facts.append(say("hand_over") if draft.kind is Kind.HAND_OVER else confidence(say, draft, sure))
    return [tag("span", fact, class_=f"chip {draft.status}" if not n else None) for n, fact in enumerate(facts)]


def confidence(say: Speaker, draft: Draft, sure: DeskSettings) -> str:
    """In words and as a number."""
    word = "sure" if draft.confidence >= sure.sure else "fairly_sure" if draft.confidence >= sure.least else "unsure"
    return f"{say(word)} ({draft.confidence:.2f})"


def draft(say: Speaker, shown: Shown, sure: DeskSettings, problem: str = "", typed: str = "") -> Html:
    """One draft, with what can be done about it; `typed` is what somebody made of it that could not be sent."""
    one = shown.draft
    state = [say(f"said_{one.status}", who=one.decided_by or "Limner"), one.why and say("because", why=one.why)]
    if one.status in SENT:
        state.append(
            say("is_sent" if any(event.kind in ("sent", "handed over") for event in shown.events) else "on_its_way")
        )
    left = [
        tag("h1", say("draft_for", desk=one.adapter)),
        tag("p", problem, role="alert", class_="problem") if problem else None,
        tag("p", " ".join(filter(None, state)), class_=f"state {one.status}"),
        tag("h2", say("conversation")),
        tag("ol", _conversation(say, shown), class_="talk"),
        tag("h2", say("hand_over" if one.kind is Kind.HAND_OVER else "proposed")),
        _proposed(say, one, typed),
        _pictures(say, shown),
        _decisions(say, one),
    ]
    facts = [
        (say("confidence"), confidence(say, one, sure)),
        (say("reason"), one.reason),
        (say("summary"), one.summary),
    ]
    right = [
        tag("h2", say("why_so")),
        tag("dl", ([tag("dt", name), tag("dd", words)] for name, words in facts if words)),
        tag("h2", say("sources")) if one.citations else None,
        [_source_text(say, cited, (shown.passages or {}).get(cited.passage_id)) for cited in one.citations],
        tag("h2", say("record")),
        tag("ul", (tag("li", when(event.at), f" {say(_key(event.kind), who=event.who)}") for event in shown.events)),
    ]
    version = " ".join(
        [one.status, *(sha256[:8] for sha256, _ in shown.pictures), str(len(shown.said)), state[-1] or ""]
    )
    both = tag("div", tag("div", left), tag("aside", right, aria_label=say("why_so")), class_="sides")
    return main(both, version=version, news=state[0])


def _key(kind: str) -> str:
    return f"event_{kind.replace(' ', '_')}"


def when(at: float) -> Html:
    """A moment; the page's script says it in the reader's own time zone."""
    moment = datetime.fromtimestamp(at, UTC)
    return tag("time", f"{moment:%Y-%m-%d %H:%M} UTC", datetime=moment.isoformat(timespec="seconds"))


def _conversation(say: Speaker, shown: Shown) -> list[Html]:
    turns = [(one.created_at, "customer", one.message.text, one.message.attachments) for one in shown.said]
    none: tuple[Attachment, ...] = ()
    turns += [
        (one.decided_at or one.created_at, "limner", one.words, none)
        for one in shown.answers
        if one.id != shown.draft.id
    ]
    return [
        tag(
            "li",
            tag("b", say(who)),
            " ",
            when(at),
            tag("p", text, dir="auto"),
            [tag("img", src=_source(shown.draft, one.sha256), alt=say("brought", name=one.name)) for one in brought],
            class_=who,
        )
        for at, who, text, brought in sorted(turns, key=lambda turn: turn[0])
    ]


def _proposed(say: Speaker, one: Draft, typed: str) -> Html:
    if one.status is not Status.OPEN:
        before = (
            tag("details", tag("summary", say("before_edit")), tag("p", one.text, class_="words")) if one.sent else None
        )
        return joined(tag("p", one.words, class_="words", lang=one.language), before)
    # A browser drops a line break right behind the tag.
    field = tag(
        "textarea", "\n" + (typed or one.text), id="text", name="text", rows=10, lang=one.language, required=True
    )
    label = tag("label", say("edit_here"), for_="text")
    return tag("form", label, field, method="post", id="approve")


def _pictures(say: Speaker, shown: Shown) -> list[Html]:
    is_painted = shown.draft.illustration is Illustration.PAINTED
    label = tag("b", say("ai_made" if is_painted else "from_article"), class_="label")
    return [
        tag("figure", tag("img", src=_source(shown.draft, sha256), alt=alt), tag("figcaption", label, " ", alt))
        for sha256, alt in shown.pictures
    ] or ([tag("p", say("being_painted"))] if is_painted and shown.draft.status is Status.MADE else [])


def _decisions(say: Speaker, one: Draft) -> Html | None:
    if one.status is Status.APPROVED and one.sent and one.kind is Kind.ANSWER:
        return tag("form", press(say, "keep", "keep"), tag("p", say("keep_means")), method="post", class_="actions")
    if one.status is not Status.OPEN:
        return None
    approve = press(say, "approve", "approve", form="approve", class_="main")
    repaint = tag("form", press(say, "repaint", "repaint"), method="post")
    why = tag("label", say("why"), tag("input", name="text", required=True, maxlength=500))
    reject = tag("form", why, press(say, "reject", "reject", class_="danger"), method="post")
    return tag("div", approve, repaint if one.illustration is Illustration.PAINTED else None, reject, class_="actions")


def press(say: Speaker, verdict: str, words: str, **more: object) -> Html:
    """A button that decides."""
    return tag("button", say(words), name="verdict", value=verdict, **more)


def _source(one: Draft, sha256: str) -> str:
    return f"/desk/drafts/{one.id}/pictures/{sha256}"


def _source_text(say: Speaker, cited: Citation, passage: Passage | None) -> Html:
    heading = tag("summary", " › ".join([cited.title, *cited.headings]))
    link = tag("a", cited.url, href=cited.url, rel="noopener noreferrer", target="_blank")
    text = tag("blockquote", passage.text, lang=passage.language) if passage else tag("p", say("passage_gone"))
    return tag(
        "details", heading, text, link if cited.url.startswith(("https://", "http://")) else cited.url, open=True
    )


def knowledge(say: Speaker, waiting: Sequence[Document], texts: dict[str, str], problem: str = "") -> Html:
    """What waits for a person's word before it counts."""
    cards = [
        tag(
            "article",
            tag("h2", one.title, lang=one.language),
            tag("p", texts.get(one.id, ""), class_="words", lang=one.language),
            tag(
                "form",
                tag("input", type="hidden", name="document", value=one.id),
                press(say, "approve", "learn", class_="main", aria_label=f"{say('learn')}: {one.title}"),
                press(say, "reject", "drop", class_="danger", aria_label=f"{say('drop')}: {one.title}"),
                method="post",
                class_="actions",
            ),
        )
        for one in waiting
    ]
    alert = tag("p", problem, role="alert", class_="problem") if problem else None
    return main(
        tag("h1", say("knowledge")), tag("p", say("knowledge_means")), alert, cards or tag("p", say("nothing_waits"))
    )
