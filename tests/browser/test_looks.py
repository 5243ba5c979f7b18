"""How the page looks to different people: on a phone, in the dark, in Chinese, without motion, in forced colours."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.browser import House, Visitor, ask, contrasts, needed, picture_of

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


def show_everything(page: Page) -> None:
    """Bring as much as possible onto the page: a picture with its fold open, a drawer, options, a failure."""
    page.locator("#style").select_option("ink")
    ask(page, "a volcano")
    figure = picture_of(ask(page, "hey, could you draw a shiny red car please"))
    figure.locator("summary").click()
    figure.get_by_role("button", name=re.compile("^Delete: ")).click()
    figure.get_by_role("button", name=re.compile("^Change this picture")).click()
    page.click("#fold")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(visit: Callable[..., Visitor], scheme: str) -> None:
    """The page takes the system's colour scheme; in both, texts have a contrast of 4.5 to 1, large ones 3."""
    page = visit(color_scheme=scheme).page()
    show_everything(page)
    paper = re.findall(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert (max(map(int, paper)) < 60) == (scheme == "dark")
    found = contrasts(page)
    assert len(found) > 40
    assert [one for one in found if one["contrast"] < needed(one)] == []


def test_on_a_phone(visit: Callable[..., Visitor]) -> None:
    """At 360 px nothing is cut off or scrolls sideways; whatever is touched is at least 40 px wide and high."""
    page = visit(**PHONE).page()
    show_everything(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    cut_off = page.evaluate(
        """() => [...document.querySelectorAll('#stage *')]
          .filter((node) => node.checkVisibility() && !node.closest('.unseen, .gist'))
          .filter((node) => node.getBoundingClientRect().right > 361).map((node) => node.outerHTML.slice(0, 80))"""
    )
    assert cut_off == []
    small = page.evaluate(
        """() => [...document.querySelectorAll('#stage :is(button, a, select, summary, input, textarea)')]
          .filter((node) => node.checkVisibility() && node.type !== 'file')
          .map((node) => [node.closest('label') ?? node, node])
          .map(([target, node]) => [node.outerHTML.slice(0, 80), target.getBoundingClientRect()])
          .filter(([, box]) => box.width < 40 || box.height < 40).map(([html, box]) => [html, box.width, box.height])"""
    )
    assert small == []


def test_the_sheet_of_conversations_on_a_phone(visit: Callable[..., Visitor]) -> None:
    """On a phone the conversations come in a sheet; choosing one closes it, and so does Escape."""
    page = visit(**PHONE).page()
    picture_of(ask(page, "a red car"))
    page.locator("#new-top").click()
    expect(page.locator("#empty")).to_be_visible()
    page.locator("#menu").click()
    expect(page.locator("#sheet")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#sheet")).to_be_hidden()
    expect(page.locator("#menu")).to_be_focused()
    page.locator("#menu").click()
    page.locator("#sheet").get_by_role("link", name="a red car").click()
    expect(page.locator("#sheet")).to_be_hidden()
    expect(page.locator("#exchanges .words")).to_have_text(["a red car"])


def test_chinese(visit: Callable[..., Visitor]) -> None:
    """A browser that prefers Chinese gets the page in Chinese, the server's words included."""
    page = visit(locale="zh-CN").page()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator("#empty h2")).to_have_text("想看一幅什么样的画？")
    expect(page.locator("#notice")).to_contain_text("人工智能")
    expect(page.locator("#style")).to_contain_text("水墨")
    figure = picture_of(ask(page, "一只红色的猫在草地上"))
    expect(figure.get_by_role("button", name=re.compile("^再来一张"))).to_be_visible()
    expect(figure.locator("summary")).to_contain_text("你的原话 / 我的提示词")
    # The prompt is English: nothing is the same, so nothing is marked.
    expect(figure.locator("summary")).to_contain_text("重新写过")
    expect(figure.locator("ins, del")).to_have_count(0)


def test_the_language_is_chosen_and_remembered(visitor: Visitor, page: Page) -> None:
    """Another language is one choice away; everything on the page changes at once, and stays so after a reload."""
    figure = picture_of(ask(page, "a red car"))
    page.fill("#words", "and then")
    page.get_by_label("Language").select_option("中文")
    expect(figure.get_by_role("button", name=re.compile("^变化"))).to_be_visible()
    expect(page.locator("#notice")).to_contain_text("人工智能")
    expect(page.locator("#words")).to_have_value("and then")
    own = """node => {
      const copy = node.cloneNode(true);
      copy.querySelectorAll('[dir=auto], .brand, #title').forEach((said) => said.remove());
      return copy.textContent;
    }"""
    shown = page.locator("#stage").evaluate(own)
    assert len(shown) > 100
    assert set(re.findall(r"[A-Za-z]{3,}", shown)) <= {"Limner", "paper"}
    expect(visitor.page().locator("html")).to_have_attribute("lang", "zh-Hans")


def test_without_motion(visit: Callable[..., Visitor], house: House) -> None:
    """Who prefers reduced motion sees nothing turn or shimmer."""
    page = visit(reduced_motion="reduce").page()
    with house.held(after_step=1):
        asked = ask(page, "a red car")
        expect(asked.locator(".state")).to_contain_text("step 1")
        moving = page.evaluate(
            "document.getAnimations().filter(motion => motion.playState === 'running'"
            " && motion.effect.getComputedTiming().endTime > 50).length"
        )
        assert moving == 0
    picture_of(asked)


def test_forced_colours(visit: Callable[..., Visitor]) -> None:
    """In forced colours buttons keep an edge, and the difference is still told by more than colour."""
    page = visit(forced_colors="active").page()
    figure = picture_of(ask(page, "hey, could you draw a shiny red car please"))
    figure.locator("summary").click()
    button = figure.get_by_role("button", name=re.compile("^Again"))
    assert button.evaluate("node => getComputedStyle(node).borderTopStyle") == "solid"
    decoration = "node => getComputedStyle(node).textDecorationLine"
    assert figure.locator("del").first.evaluate(decoration) == "line-through"
