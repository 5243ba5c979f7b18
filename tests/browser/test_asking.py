"""Asking for a picture on the page: every stage is seen, and whatever goes wrong is said."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Response, expect

from bot.messages import Progress
from tests.helpers.browser import House, Visitor, ask, eventually, exchange, picture_of


def test_words_become_a_picture(page: Page, house: House) -> None:
    """Enter sends the words; the picture comes with its description, and the composer is free for the next ones."""
    asked = ask(page, "a red car on a beach")
    image = picture_of(asked).locator(".canvas img")
    expect(image).to_have_attribute("alt", re.compile("red car"))
    eventually(lambda: image.evaluate("image => image.naturalWidth") == 64)
    expect(page.locator("#words")).to_have_value("")
    expect(page.locator("#words")).to_be_focused()
    assert any("red car" in prompt for prompt in house.easel.painted)


def test_an_example_is_one_click(page: Page) -> None:
    """An empty conversation offers examples; one click asks for it, and they go away."""
    expect(page.locator("#empty")).to_be_visible()
    words = page.locator("#examples button").first.inner_text()
    page.locator("#examples button").first.click()
    picture_of(exchange(page, words))
    expect(page.locator("#empty")).to_be_hidden()


def test_every_stage_is_shown(page: Page, house: House) -> None:
    """Painting shows step k of n, a bar and a preview; who comes later sees their place in line; then both are done."""
    with house.held(after_step=2):
        first = ask(page, "a blue boat")
        expect(first.locator(".state")).to_contain_text("step 2 of 4")
        expect(first.locator("progress")).to_have_js_property("value", 2)
        expect(first.locator("progress")).to_have_js_property("max", 4)
        preview = first.locator(".easel img")
        expect(preview).to_be_visible()
        assert "blur(5px)" in preview.evaluate("image => image.style.filter")
        second = ask(page, "a green boat")
        expect(second.locator(".state")).to_contain_text("Place 1 in line")
    picture_of(first)
    picture_of(second)
    expect(page.locator("progress")).to_have_count(0)


def test_the_assistants_words_are_shown_as_they_come(page: Page, house: House) -> None:
    """While it thinks, what the assistant has said so far is on the page."""
    with house.held():
        asked = ask(page, "a red kite")
        job = asked.get_attribute("data-job")
        assert house.app
        assert job
        service = house.app.service
        known = house.wait(service.exchange(job))
        assert known
        expect(asked.locator(".state")).to_contain_text("Painting")
        house.wait(service.publish(Progress(job, known.message, "thinking", text="A red kite, high up")))
        expect(asked.locator(".progress .reply")).to_have_text("A red kite, high up")
        expect(asked.locator(".state")).to_contain_text("Thinking")
    picture_of(asked)
    expect(asked.locator(".progress")).to_have_count(0)


def test_cancel(page: Page, house: House) -> None:
    """Cancel while painting stops it; the exchange says so and can be asked again."""
    with house.held(after_step=1):
        asked = ask(page, "a purple tree")
        expect(asked.locator(".state")).to_contain_text("step 1")
        asked.get_by_role("button", name="Cancel: a purple tree").click()
        expect(asked.locator(".stopped")).to_contain_text("Cancelled")
    expect(asked.locator("figure")).to_have_count(0)
    asked.get_by_role("button", name="Ask again").click()
    expect(page.locator("#words")).to_have_value("a purple tree")


def test_options_are_sent_and_kept(page: Page) -> None:
    """What is set by hand decides the pictures, shows on the button, and survives a reload; Reset clears it."""
    page.click("#fold")
    page.locator(".field.count select").select_option("2")
    page.locator(".field.seed input").fill("7")
    page.locator(".field.steps input").fill("3")
    page.locator(".field.aspect select").select_option("1:1")
    page.locator("#style").select_option("ink")
    expect(page.get_by_role("button", name="Options, 4 set")).to_be_visible()
    asked = ask(page, "a cat")
    expect(asked.locator("figure")).to_have_count(2)
    facts = asked.locator("figure").nth(1)
    facts.locator("summary").click()
    expect(facts.locator(".facts div", has_text="Seed").locator("dd")).to_have_text("8")
    expect(facts.locator(".facts div", has_text="Steps").locator("dd")).to_have_text("3")
    expect(facts.locator(".facts div", has_text="Style").locator("dd")).to_have_text("ink")
    page.reload()
    expect(page.get_by_role("button", name="Options, 4 set")).to_be_visible()
    expect(page.locator("#style")).to_have_value("ink")
    page.click("#fold")
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_role("button", name="Options", exact=True)).to_be_visible()


def test_a_wrong_option_is_not_sent(page: Page) -> None:
    """A seed out of range opens the fold at that field, and the words stay."""
    page.click("#fold")
    page.locator(".field.seed input").fill("-1")
    page.click("#fold")
    page.fill("#words", "a cat")
    page.press("#words", "Enter")
    expect(page.locator(".field.seed input")).to_be_focused()
    expect(page.locator("#words")).to_have_value("a cat")
    expect(page.locator("article")).to_have_count(0)


def test_as_they_are(page: Page) -> None:
    """With 'paint my words as they are' the prompt is what was said, and the page says that nothing differs."""
    page.click("#fold")
    page.get_by_label("Paint my words as they are").check()
    figure = picture_of(ask(page, "a cat, please, on a very red sofa"))
    expect(figure.locator("summary")).to_contain_text("as you said it")
    expect(figure.locator(".gist")).to_have_text("a cat, please, on a very red sofa")


def test_enter_of_an_input_method_does_not_send(page: Page) -> None:
    """Enter chooses a suggestion while an input method composes; Shift+Enter is a new line."""
    page.fill("#words", "一只猫")
    page.locator("#words").evaluate(
        "node => node.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )
    expect(page.locator("article")).to_have_count(0)
    page.press("#words", "End")
    page.press("#words", "Shift+Enter")
    page.keyboard.type("two")
    expect(page.locator("#words")).to_have_value("一只猫\ntwo")
    height = page.locator("#words").bounding_box()
    assert height
    assert height["height"] > 60


def test_too_long(page: Page) -> None:
    """Too many characters are counted and not sent; nothing is cut off."""
    limit = page.evaluate("fetch('/api/v1/me').then(answer => answer.json()).then(me => me.limits.text_characters)")
    page.fill("#words", "x" * (limit + 1))
    expect(page.locator("#counter")).to_contain_text(f"{limit + 1:,} of {limit:,}")
    expect(page.locator("#send")).to_be_disabled()
    assert len(page.input_value("#words")) == limit + 1


def test_what_cannot_be_done_is_said(page: Page) -> None:
    """A failure is shown as one, in the words of whoever failed, with a way to ask again."""
    asked = ask(page, "a volcano")
    expect(asked.locator(".trouble")).to_contain_text("There is no red left for a volcano. Ask for a hill.")
    asked.get_by_role("button", name="Ask again: a volcano").click()
    expect(page.locator("#words")).to_have_value("a volcano")


def test_the_page_is_small(visit: Callable[..., Visitor]) -> None:
    """All that the page loads before anything is asked is less than 115 kB, uncompressed and without pictures."""
    visitor = visit()
    answers: list[Response] = []
    page = visitor.context.new_page()
    page.on("response", lambda answer: answers.append(answer))
    page.goto(visitor.url)
    page.wait_for_selector("#app:not([hidden])")
    page.wait_for_load_state("load")
    loaded = [answer for answer in answers if answer.ok and "/events" not in answer.url]
    texts = [
        answer for answer in loaded if "/api/" not in answer.url and "image/" not in answer.headers["content-type"]
    ]
    assert len(texts) > 20
    assert sum(len(answer.body()) for answer in texts) < 115_000
