"""A picture to start from: picked, dragged in or pasted, with how far to go from it."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.helpers.browser import Visitor, ask, eventually, picture_of


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A small picture file."""
    path = tmp_path / "holiday.png"
    Image.new("RGB", (96, 64), (200, 120, 40)).save(path)
    return path


def bring(page: Page, kind: str, data: bytes, name: str = "photo.png", mime: str = "image/png") -> None:
    """Drop or paste a file on the page as a browser tells it."""
    page.evaluate(
        """([kind, data, name, mime]) => {
          const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
          const carried = new DataTransfer();
          carried.items.add(new File([bytes], name, {type: mime}));
          const given = {bubbles: true, cancelable: true};
          const target = document.querySelector('#exchanges');
          if (kind === 'paste') target.dispatchEvent(new ClipboardEvent('paste', {...given, clipboardData: carried}));
          else for (const step of kind === 'drag' ? ['dragover'] : ['dragover', 'drop'])
            target.dispatchEvent(new DragEvent(step, {...given, dataTransfer: carried}));
        }""",
        [kind, base64.b64encode(data).decode(), name, mime],
    )


def test_a_picked_file(page: Page, photo: Path) -> None:
    """A picked file is shown with a slider in words; the picture is painted from it, and keeps the strength."""
    page.set_input_files("#file", photo)
    chip = page.locator(".chip.reference")
    slider = chip.get_by_label("How far to go from it")
    expect(slider).to_be_visible()
    slider.fill("0.9")
    expect(chip).to_contain_text("Goes far: little of it stays")
    figure = picture_of(ask(page, "a red boat"))
    figure.locator("summary").click()
    expect(figure.locator(".facts div", has_text="Strength").locator("dd")).to_have_text("0.9")
    brought = page.locator("img.brought")
    expect(brought).to_have_attribute("alt", "holiday.png")
    eventually(lambda: brought.evaluate("image => image.naturalWidth") == 96)
    expect(chip).to_be_hidden()


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_dragged_or_pasted(page: Page, photo: Path, kind: str) -> None:
    """A picture that is dropped anywhere or pasted is taken as one that was picked; where to drop it is shown."""
    bring(page, "drag", photo.read_bytes())
    expect(page.locator("#drop")).to_contain_text("Drop the picture to start from it")
    expect(page.locator("#drop")).to_be_visible()
    bring(page, kind, photo.read_bytes())
    if kind == "drop":
        expect(page.locator("#drop")).to_be_hidden()
    chip = page.locator(".chip.reference")
    expect(chip.get_by_label("How far to go from it")).to_be_visible()
    eventually(lambda: chip.locator("img").evaluate("image => image.naturalWidth") == 96)


def test_removed(page: Page, photo: Path) -> None:
    """A picture that was brought can be taken away again; then painting starts from nothing."""
    page.set_input_files("#file", photo)
    page.get_by_role("button", name="Don't start from this picture").click()
    expect(page.locator(".chip.reference")).to_be_hidden()
    expect(page.locator("#attach")).to_be_focused()
    figure = picture_of(ask(page, "a red boat"))
    figure.locator("summary").click()
    expect(figure.locator(".facts")).not_to_contain_text("Strength")


def test_kept_over_a_reload(page: Page, photo: Path) -> None:
    """Words and picture that were not sent are there after a reload."""
    page.set_input_files("#file", photo)
    page.locator(".chip.reference").get_by_label("How far to go from it").fill("0.3")
    page.fill("#words", "like this, but")
    page.reload()
    expect(page.locator("#words")).to_have_value("like this, but")
    expect(page.locator(".chip.reference")).to_contain_text("Stays close")


def test_no_picture(page: Page) -> None:
    """A text file is refused before it is sent, by name."""
    bring(page, "drop", b"words", "notes.txt", "text/plain")
    expect(page.locator("#complaint")).to_have_text("notes.txt is not a picture. Choose a PNG, JPEG or WebP file.")
    expect(page.locator(".chip.reference")).to_be_hidden()


def test_a_broken_picture(visitor: Visitor, page: Page) -> None:
    """What only calls itself a picture is refused by the server, in its words; the next try clears them."""
    bring(page, "drop", b"\x89PNG but not really")
    expect(page.locator("#complaint")).not_to_be_empty()
    expect(page.locator(".chip.reference")).to_be_hidden()
    assert ["422" in complaint for complaint in visitor.complaints] == [True]
    visitor.complaints.clear()
    whole = io.BytesIO()
    Image.new("RGB", (8, 8)).save(whole, "PNG")
    bring(page, "drop", whole.getvalue())
    expect(page.locator("#complaint")).to_be_empty()


def test_too_large(page: Page, tmp_path: Path) -> None:
    """A file over the limit is refused before it is sent, with both sizes."""
    limit = page.evaluate("fetch('/api/v1/me').then(answer => answer.json()).then(me => me.limits.upload_bytes)")
    large = tmp_path / "large.png"
    with large.open("wb") as file:
        file.truncate(limit + 1)
    page.set_input_files("#file", large)
    expect(page.locator("#complaint")).to_contain_text(f"at most {limit // 2**20} MiB")
    expect(page.locator(".chip.reference")).to_be_hidden()
