"""Markdown and HTML: Markdown becomes HTML first; navigation, headers and footers of pages are left out."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from bot.errors import RequestError
from bot.knowledge.parsed import Block, Builder, Image, Parsed, spaced
from bot.knowledge.reading import decoded, stem_of

DEEPEST = 100
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|url|language|lang)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_BOILERPLATE = (
    "script, style, noscript, template, nav, header, footer, aside, form, iframe, svg, button, dialog, [hidden],"
    " [aria-hidden=true], [role=navigation], [role=banner], [role=contentinfo], [role=search]"
)
_INLINE = frozenset(
    "a abbr b bdi bdo br cite code data dfn em font i img ins kbd label mark picture q rb rt ruby s samp small source"
    " span strong sub sup time tt u var wbr".split()
)
_HEADING = re.compile(r"h[1-6]")


def read(data: bytes, name: str) -> Parsed:
    """Sections by headings, blocks by paragraphs, lists and tables; figures with their captions."""
    text = decoded(data)
    front: dict[str, str] = {}
    if name.lower().endswith((".md", ".markdown")):
        text, front = _from_markdown(text.replace("\r\n", "\n"))
    soup = BeautifulSoup(text, "html.parser")
    first = soup.find("h1") or soup.find("title")
    title = front.get("title") or (spaced(first.get_text()) if first else "") or stem_of(name)
    html = soup.find("html")
    language = front.get("language") or front.get("lang") or (str(html.get("lang") or "") if html else "")
    root = soup.find("main") or soup.find("article") or soup.body or soup
    for element in root.select(_BOILERPLATE):
        if not element.decomposed:
            element.decompose()
    builder = Builder(title)
    _walk(root, builder, name, 0)
    return builder.document(language.split("-")[0].lower()[:8], front.get("url", ""))


def _from_markdown(text: str) -> tuple[str, dict[str, str]]:
    from markdown_it import MarkdownIt

    front = _FRONT.match(text)
    fields = {key.lower(): value.strip("\"'") for key, value in _FIELD.findall(front[1])} if front else {}
    reader = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table")
    return reader.render(text[front.end() :] if front else text), fields


def _walk(node: Tag, builder: Builder, name: str, depth: int) -> None:
    """Blocks of a container; words that stand in it without a block of their own are a paragraph."""
    if depth > DEEPEST:
        raise RequestError(f"{name} is nested too deep", f"At most {DEEPEST} levels are read.")
    loose: list[PageElement] = []
    for child in [*node.children, None]:
        if isinstance(child, PreformattedString):  # comments and their kin
            continue
        if isinstance(child, NavigableString) or (isinstance(child, Tag) and child.name in _INLINE):
            loose.append(child)
            continue
        builder.add(_paragraph(loose))
        loose = []
        if isinstance(child, Tag):
            _block(child, builder, name, depth)


def _block(tag: Tag, builder: Builder, name: str, depth: int) -> None:
    if _HEADING.fullmatch(tag.name):
        builder.head(int(tag.name[1]), spaced(tag.get_text()))
    elif tag.name in ("p", "dt", "dd", "summary", "caption", "legend"):
        builder.add(_paragraph([tag]))
    elif tag.name in ("ul", "ol"):
        images = tuple(_images(tag))
        builder.add(Block("\n".join(_items(tag, depth, name)), images, tag.name == "ol"))
    elif tag.name == "table":
        rows = [[spaced(cell.get_text(" ")) for cell in row.find_all(["td", "th"])] for row in tag.find_all("tr")]
        builder.add(Block("\n".join(" | ".join(row) for row in rows if any(row)), tuple(_images(tag))))
    elif tag.name == "pre":
        builder.add(Block("\n".join(line.rstrip() for line in tag.get_text().splitlines() if line.strip())))
    elif tag.name == "figure":
        caption = tag.find("figcaption")
        builder.add(Block("", tuple(_images(tag, spaced(caption.get_text()) if caption else ""))))
    else:
        _walk(tag, builder, name, depth + 1)


def _paragraph(nodes: list[PageElement]) -> Block:
    text = spaced("".join(node.get_text() if isinstance(node, Tag) else str(node) for node in nodes))
    return Block(text, tuple(image for node in nodes if isinstance(node, Tag) for image in _images(node)))


def _items(tag: Tag, depth: int, name: str) -> Iterator[str]:
    """Each item of a list a line; those of lists inside are set in."""
    if depth > DEEPEST:
        raise RequestError(f"{name} is nested too deep", f"At most {DEEPEST} levels are read.")
    start = str(tag.get("start") or "1")
    number = int(start) if start.isdecimal() and len(start) < 6 else 1
    for item in tag.find_all("li", recursive=False):
        inner = item.find_all(["ul", "ol"])
        lists = [one for one in inner if one.find_parent(["ul", "ol"]) is tag]
        for one in lists:
            one.extract()
        yield f"{f'{number}.' if tag.name == 'ol' else '-'} {spaced(item.get_text(' '))}"
        number += 1
        for one in lists:
            yield from (f"  {line}" for line in _items(one, depth + 1, name))


def _images(tag: Tag, caption: str = "") -> Iterator[Image]:
    for one in [tag] if tag.name == "img" else tag.find_all("img"):
        alt, link = spaced(str(one.get("alt") or "")), str(one.get("src") or "")
        title = spaced(str(one.get("title") or ""))
        if link and not link.lower().partition("?")[0].endswith(".svg"):
            yield Image(link, caption or title or alt, hint=f"{alt} {title}")
