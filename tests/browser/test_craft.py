"""Craft on the page: asked first, preferences, what use teaches, the best of several, kept pictures, undo."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from bot.messages import Progress
from bot.testing import ScriptedModel, calls
from tests.helpers.browser import House, Visitor, ask, contrasts, exchange, needed, picture_of

WORDS = "hey, could you draw two shiny red cars"
FORGETFUL = {"name": "car", "count": 1, "colour": "red", "attributes": ["shiny"]}
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


def test_asked_first(browser: Browser, tmp_path: Path) -> None:
    """'Ask me first' shows the prompt, what differs and what was put right; its buttons work after a restart too."""
    llm = ScriptedModel(script=[calls("imagine", prompt=WORDS, subjects=[FORGETFUL])])
    house = House(tmp_path / "home", llm=llm)
    with house:
        visitor = Visitor(browser, house.url)
        page = visitor.page()
        opener = page.get_by_role("button", name="Preferences")
        opener.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Preferences")
        usual = dialog.get_by_role("radio", name="As is usual here")
        expect(usual).to_be_checked()
        usual.focus()
        for _ in range(2):
            page.keyboard.press("ArrowDown")
        expect(dialog.get_by_role("status")).to_have_text("Saved.")
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()
        proposal = ask(page, WORDS).locator(".proposal")
        expect(proposal).to_contain_text("I had one car where you asked for two cars; that is right now.")
        expect(proposal.locator(".right")).to_have_text("1 put right")
        expect(proposal.locator("del").first).to_contain_text("hey, could you draw")
        expect(page.locator("figure, .progress")).to_have_count(0)
        assert [one for one in contrasts(page) if one["contrast"] < needed(one)] == []
    with house:
        page.reload()
        page.get_by_role("button", name="Preferences").click()
        expect(page.get_by_role("radio", name="Ask me first")).to_be_checked()
        page.get_by_role("button", name="Close").first.click()
        proposal.get_by_role("button", name=re.compile("^Edit the prompt")).click()
        expect(proposal.get_by_role("textbox")).to_be_focused()
        page.keyboard.press("Escape")
        proposal.get_by_role("button", name=re.compile("^Use this")).click()
        painted = picture_of(exchange(page, "Use this")).locator(".gist").text_content()
        assert painted
        assert "two shiny red cars" in painted
        proposal.get_by_role("button", name=re.compile("^Use my words")).click()
        expect(picture_of(exchange(page, "Use my words")).locator(".gist")).to_have_text(WORDS)
        assert page.evaluate("document.querySelectorAll('.proposal').length") == 1
        visitor.context.close()


def test_preferences_in_chinese_on_a_phone_in_the_dark(visit: Callable[..., Visitor]) -> None:
    """The dialog fits 360 px, can be touched and read, speaks Chinese, keeps what is set, and that is painted with."""
    page = visit(locale="zh-CN", color_scheme="dark", **PHONE).page()
    page.locator("#menu").click()
    page.get_by_role("button", name="偏好设置").click()
    dialog = page.get_by_role("dialog", name="偏好设置")
    expect(dialog.locator(".learned")).to_contain_text("从使用中学到的")
    dialog.get_by_label("风格").select_option("ink")
    expect(dialog.get_by_role("status")).to_have_text("已保存。")
    dialog.get_by_label("画幅").select_option("16:9")
    assert dialog.locator("optgroup").first.get_attribute("label") == "摄影与电影"
    assert dialog.evaluate("node => [node.scrollWidth, node.getBoundingClientRect().width]")[0] <= 360
    small = dialog.evaluate(
        """node => [...node.querySelectorAll('button, select, input')]
          .map((one) => (one.closest('label') ?? one).getBoundingClientRect())
          .filter((box) => box.width < 40 || box.height < 40)"""
    )
    assert small == []
    told = contrasts(page)
    assert len(told) > 20
    assert [one for one in told if one["contrast"] < needed(one)] == []
    assert re.findall(r"[A-Za-z]{3,}", dialog.locator("> fieldset").inner_text().replace("English", "")) == ["Limner"]
    page.get_by_role("button", name="关闭").click()
    figure = picture_of(ask(page, "一只红色的猫"))
    figure.locator("summary").click()
    assert fact(figure, "风格") == "ink"
    width, height = map(int, fact(figure, "尺寸").split(" × "))
    assert width > height


def test_the_best_of_several(page: Page, house: House) -> None:
    """Which candidate is painted, judging and looking are shown; then what decided, with the figures of all."""
    page.click("#fold")
    page.locator(".field.best_of select").select_option("3")
    with house.held():
        asked = ask(page, "a red car")
        expect(asked.locator(".state")).to_contain_text("candidate 1 of 3")
        tell(house, asked, "painting", candidate=2, candidates=3)
        expect(asked.locator(".state")).to_contain_text("Painting candidate 2 of 3")
        tell(house, asked, "judging")
        expect(asked.locator(".state")).to_contain_text("Judging")
        tell(house, asked, "looking")
        expect(asked.locator(".state")).to_contain_text("Looking")
    figure = picture_of(asked)
    line = r"Best of 3: shows what was asked (0\.\d\d|1\.00), quality (0\.\d\d|1\.00)"
    expect(figure.locator(".choice")).to_contain_text(re.compile(line))
    figure.locator("summary").click()
    rows = figure.locator(".scores tbody tr")
    expect(rows).to_have_count(3)
    kept = figure.locator(".scores .chosen td")
    seed, consistency, quality, total, chosen = kept.all_text_contents()
    assert (seed, chosen) == (fact(figure, "Seed"), "chosen")
    assert f"shows what was asked {consistency}, quality {quality}" in (figure.locator(".choice").text_content() or "")
    assert float(total) == max(float(row.locator("td").nth(3).inner_text()) for row in rows.all())


def test_kept_and_learned(visitor: Visitor, page: Page) -> None:
    """A star marks a picture in every tab and after a reload; what use taught says how little it is, and is reset."""
    figure = picture_of(ask(page, "a red car"))
    other = picture_of(exchange(visitor.page(), "a red car"))
    star, seen = (one.get_by_role("button", name=re.compile("^Keep: ")) for one in (figure, other))
    star.click()
    expect(seen).to_have_attribute("aria-pressed", "true")
    page.bring_to_front()  # what is behind is drawn once a second
    page.reload()
    expect(star).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Preferences").click()
    learned = page.locator(".learned")
    expect(learned).to_contain_text("Nothing follows yet from")
    kept = int(learned.locator("tr", has_text="no style").locator("td").first.inner_text())
    assert kept >= 1
    learned.get_by_role("button", name="Begin anew").click()
    learned.locator(".tray").get_by_role("button", name="Begin anew").click()
    expect(page.get_by_role("dialog").get_by_role("status").first).to_have_text("Forgotten. Learning begins anew.")
    expect(learned).to_contain_text("Nothing follows yet from 0 pictures.")
    page.keyboard.press("Escape")
    star.click()
    expect(seen).to_have_attribute("aria-pressed", "false")


def test_undo(page: Page) -> None:
    """A changed picture can be undone: the one before is shown again, and says that it is the same."""
    first = picture_of(ask(page, "a red car"))
    changed = picture_of(ask(page, "make it blue"))
    expect(first.get_by_role("button", name=re.compile("^Undo"))).to_have_count(0)
    changed.get_by_role("button", name=re.compile("^Undo")).click()
    again = picture_of(exchange(page, "Undo"))
    expect(again.locator(".origin")).to_have_text("the same picture as before, shown again")
    assert again.locator(".gist").text_content() == first.locator(".gist").text_content()


def fact(figure: Locator, name: str) -> str:
    """One of the figures in an open fold."""
    return figure.locator(".facts div", has_text=name).locator("dd").inner_text()


def tell(house: House, asked: Locator, stage: str, **more: int) -> None:
    """Let the page be told how far an exchange is."""
    assert house.app
    service = house.app.service
    known = house.wait(service.exchange(asked.get_attribute("data-job") or ""))
    assert known
    house.wait(service.publish(Progress(known.job_id, known.message, stage, **more)))
