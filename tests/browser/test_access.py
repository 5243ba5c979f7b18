"""The page with a keyboard alone, and as a screen reader is told of it."""

import re

from playwright.sync_api import Page, expect

from tests.helpers.browser import House, ask, exchange, picture_of

NAMELESS = """() => {
  const named = (node) => node.getAttribute('aria-label') || node.innerText || node.labels?.[0]?.innerText;
  const things = 'button, a, select, input:not([hidden]), textarea, progress, nav, dialog, [role=group]';
  return [...document.querySelectorAll(things)].filter((node) => !named(node)?.trim()).map((node) => node.outerHTML);
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has this name has the focus, which must be seen."""
    pattern = re.compile(name)
    for _ in range(60):
        page.keyboard.press("Tab")
        label, is_seen = page.evaluate(
            """() => {
              const node = document.activeElement;
              const ring = node.closest('#composer:has(#words:focus-visible)') ?? node;
              if (node === document.body) return ["", true];
              return [node.getAttribute('aria-label') || node.innerText || node.labels?.[0]?.innerText || '',
                getComputedStyle(ring).outlineStyle !== 'none'];
            }"""
        )
        assert is_seen, f"the focus can't be seen on {label}"
        if pattern.search(label):
            return
    raise AssertionError(f"Tab never came to {name}")


def test_keyboard_alone(page: Page) -> None:
    """Asking, varying, comparing, editing, enlarging and deleting need no mouse, and the focus is always seen."""
    expect(page.locator("#words")).to_be_focused()
    page.keyboard.type("hey, could you draw a red car")
    page.keyboard.press("Enter")
    picture_of(exchange(page, "a red car"))
    page.evaluate("document.activeElement.blur()")
    tab_to(page, "Skip to what you want to say")
    page.keyboard.press("Enter")
    expect(page.locator("#words")).to_be_focused()
    page.evaluate("document.querySelector('figure').focus()")
    tab_to(page, "^Vary")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    tab_to(page, "^Vary")
    page.keyboard.press("Enter")
    varied = picture_of(exchange(page, "Vary"))
    varied.focus()
    tab_to(page, "Your words / My prompt")
    page.keyboard.press("Enter")
    tab_to(page, "^Edit the prompt")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("a green car")
    page.keyboard.press("Control+Enter")
    edited = picture_of(exchange(page, "Edit the prompt"))
    expect(edited.locator(".gist")).to_have_text("a green car")
    edited.locator(".canvas").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#large")).to_be_visible()
    page.keyboard.press("Escape")
    tab_to(page, "^Delete: ")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".gone")).to_be_focused()


def test_everything_has_a_name(page: Page) -> None:
    """Every control has a name, every picture an alternative text, and buttons on a picture name that picture."""
    figure = picture_of(ask(page, "hey, could you draw a red car"))
    figure.locator("summary").click()
    figure.get_by_role("button", name=re.compile("^Vary")).click()
    page.click("#fold")
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate("[...document.images].filter(image => !image.hasAttribute('alt')).length") == 0
    alt = figure.locator(".canvas img").get_attribute("alt")
    assert alt
    for button in figure.locator(".bar > :is(button, a), .prompts .actions button").all():
        assert alt in (button.get_attribute("aria-label") or "")
    # A name begins with the words that are seen, so that speech control finds it (WCAG 2.5.3).
    for button in page.locator("button:has(.face)").all():
        seen = (button.locator(".face").text_content() or "").lower()
        name = (button.get_attribute("aria-label") or seen).lower()
        assert name.startswith(seen), (seen, name)


def test_landmarks(page: Page) -> None:
    """Whoever jumps by landmarks finds each once; the page's heading names the conversation."""
    expect(page.get_by_role("navigation")).to_have_count(1)
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("form")).to_have_count(1)
    picture_of(ask(page, "a red car"))
    expect(page.get_by_role("heading", level=1)).to_have_text("a red car")


def test_stages_are_announced_and_steps_are_not(page: Page, house: House) -> None:
    """A screen reader hears that painting began and that the picture is ready, with its description, but no steps."""
    page.evaluate(
        """() => {
          window.heard = [];
          new MutationObserver(() => window.heard.push(document.querySelector('#live').textContent))
            .observe(document.querySelector('#live'), {childList: true});
        }"""
    )
    with house.held(after_step=2):
        expect(ask(page, "a red car").locator(".state")).to_contain_text("step 2")
    picture_of(exchange(page, "a red car"))
    heard = page.evaluate("window.heard")
    assert heard[-1].startswith("The picture is ready: ")
    assert "red car" in heard[-1]
    assert sum(words.startswith("Painting") for words in heard) == 1
    expect(page.locator("#live")).to_have_attribute("role", "status")


def test_the_focus_survives_what_it_was_on(page: Page, house: House) -> None:
    """When the button that has the focus goes away because the picture came, the exchange has the focus."""
    with house.held(after_step=1):
        asked = ask(page, "a red car")
        asked.get_by_role("button", name=re.compile("^Cancel")).focus()
    picture_of(asked)
    expect(asked).to_be_focused()
