"""What desks are told: answers and notes as light Markdown, and that as plain text or HTML."""

import html as escaping
import re
from collections.abc import Sequence

from adapters.desk.api import DeskPicture, Post
from bot.desk.draft import Citation, Draft, Kind, Status

# English, Chinese.
WORDS = {
    "ai": ("This answer was written by AI.", "本回答由 AI 生成。"),
    "painted": ("made by AI", "由 AI 生成"),
    "alt": ("Picture made by AI: {prompt}", "由 AI 生成的图片：{prompt}"),
    "picture": ("Picture", "图片"),
    "sources": ("Sources", "来源"),
    "draft": ("Draft: the customer has not seen it.", "草稿：客户尚未看到。"),
    "hand over": ("Limner hands this conversation over.", "Limner 已将此对话转交人工。"),
    "unknown": (
        "It is not certain whether this reached the customer. Please look; it is not sent again.",
        "无法确定以下内容是否已送达客户，请查看。系统不会再次发送。",
    ),
    "asked": ("Asked", "客户问"),
    "confidence": ("Confidence", "置信度"),
    "reason": ("Why unsure", "不确定的原因"),
    "page": ("Decide here", "在此处理"),
    "commands": (
        "Or write a private note: `/approve` sends it, `/reject REASON` drops it, `/release` gives the conversation "
        "back to Limner.",
        "或写一条私密备注：`/approve` 发送，`/reject 原因` 放弃，`/release` 把对话交还给 Limner。",
    ),
}
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_STEP = re.compile(r"\d{1,3}[.)]\s+")
_BULLET = re.compile(r"[-*•]\s+")
_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)。，；：！？）]")
_URL = re.compile(r"https?://[^\s<>\"']+")
_ACTIVE = str.maketrans({"[": "(", "]": ")", "`": "'", "*": "", "<": "‹", ">": "›", "!": "！"})


def word(name: str, language: str, **values: str) -> str:
    """One of the lines above."""
    return WORDS[name][language == "zh"].format(**values)


def answer(words: str, citations: Sequence[Citation], language: str) -> str:
    """What a customer is told: the words, where they can be read, and that a machine wrote them."""
    parts = [words.strip(), sources(citations, language), f"— {word('ai', language)}"]
    return "\n\n".join(filter(None, parts))


def sources(citations: Sequence[Citation], language: str) -> str:
    """Lines that name what an answer rests on, each document once, with its own address where it has one."""
    named: dict[tuple[str, str], str] = {}
    for one in citations:
        named.setdefault((one.title, one.url), " › ".join((one.title, *one.headings)))
    lines = [f"- {quiet(name)}{': ' + url if _URL.fullmatch(url) else ''}" for (_, url), name in named.items()]
    return "\n".join([_named("sources", language, "").rstrip(), *lines]) if lines else ""


def note(draft: Draft, url: str) -> str:
    """What colleagues are shown of a draft.

    Args:
        draft: What waits for them, what could not be sent for certain, or a hand-over.
        url: The web app's address; empty where there is none.
    """
    language = draft.language
    heading = "unknown" if draft.status is Status.UNKNOWN else draft.kind if draft.kind is Kind.HAND_OVER else "draft"
    asked = "" if draft.kind is Kind.HAND_OVER else _named("asked", language, quiet(draft.question))
    told = quiet(draft.summary) if draft.kind is Kind.HAND_OVER else draft.words
    parts = [f"**{word(heading, language)}**", asked, told]
    if draft.kind is Kind.ANSWER:
        parts.append(sources(draft.citations, language))
        parts.append(_named("confidence", language, f"{draft.confidence:.0%}"))
        parts.append(_named("reason", language, draft.reason) if draft.reason else "")
    if heading == "draft":
        parts.append(_named("page", language, f"{url.rstrip('/')}/desk/drafts/{draft.id}") if url else "")
        parts.append(word("commands", language))
    return "\n\n".join(filter(None, parts))


def captioned(post: Post) -> str:
    """A post's text with a line for each picture, for desks that keep no alt text with a file."""
    lines = [_caption(one, post.language) for one in post.pictures]
    return "\n\n".join(filter(None, [post.text, "\n".join(lines)]))


def quiet(text: str) -> str:
    """Somebody's words without what Markdown would make links, pictures or code of."""
    return text.translate(_ACTIVE)


def plain(text: str) -> str:
    """Light Markdown without its marks."""
    return _BOLD.sub(r"\1", text).replace("`", "")


def html(post: Post | str) -> str:
    """Light Markdown as HTML: paragraphs, lists, bold and links, all else escaped; a post with its captions."""
    text = captioned(post) if isinstance(post, Post) else post
    return "".join(_block(block.strip().split("\n")) for block in re.split(r"\n\s*\n", text) if block.strip())


def _block(lines: list[str]) -> str:
    for tag, pattern in (("ol", _STEP), ("ul", _BULLET)):
        first = next((at for at, line in enumerate(lines) if pattern.match(line)), len(lines))
        if first < len(lines) and all(pattern.match(line) for line in lines[first:]):
            items = "".join(f"<li>{_inline(pattern.sub('', line, count=1))}</li>" for line in lines[first:])
            return (_block(lines[:first]) if first else "") + f"<{tag}>{items}</{tag}>"
    return f"<p>{'<br>'.join(map(_inline, lines))}</p>"


def _inline(line: str) -> str:
    escaped = _BOLD.sub(r"<b>\1</b>", escaping.escape(line).replace("`", ""))
    return _LINK.sub(lambda link: f'<a href="{link[0]}">{link[0]}</a>', escaped)


def _caption(picture: DeskPicture, language: str) -> str:
    label = f" ({picture.label})" if picture.label and picture.label not in picture.alt_text else ""
    return _named("picture", language, f"{quiet(picture.alt_text)}{label}")


def _named(name: str, language: str, text: str) -> str:
    return f"{word(name, language)}{'：' if language == 'zh' else ': '}{text}"
