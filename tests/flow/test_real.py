"""A rehearsal of `make smoke-real`: all of it on tiny random models, with only the downloads left out."""

import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.real import WISHES
from benchmarks.real_report import BEGIN, END, GAP_PX, LABEL_PX, THUMB_PX, Made, table, write_sheet, write_table
from bot import LimnerError, Picture
from bot.testing import blank_png
from tests.helpers.tiny_models import save_sd15
from tests.support import PLAN

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 600
TEMPLATE = "{% for message in messages %}{{ message.role }} {{ message.content }}\n{% endfor %}assistant "


def save_clip(folder: Path) -> Path:
    """A CLIP of random weights for pictures of 32 px and words by letters."""
    from transformers import CLIPConfig, CLIPModel, CLIPProcessor, CLIPTokenizer
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

    signs = string.ascii_lowercase + string.digits + string.punctuation
    pieces = ["<|startoftext|>", "<|endoftext|>", *signs, *(f"{sign}</w>" for sign in signs)]
    tokenizer = CLIPTokenizer(
        vocab={piece: index for index, piece in enumerate(pieces)}, merges=[], model_max_length=77
    )
    small = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4}
    text = small | {"vocab_size": len(tokenizer), "bos_token_id": 0, "eos_token_id": 1, "pad_token_id": 1}
    config = CLIPConfig(text_config=text, vision_config=small | {"image_size": 32, "patch_size": 8}, projection_dim=16)
    CLIPModel(config).save_pretrained(folder)
    size = {"height": 32, "width": 32}
    processor = CLIPImageProcessorPil(size={"shortest_edge": 32}, crop_size=size)
    CLIPProcessor(image_processor=processor, tokenizer=tokenizer).save_pretrained(folder)
    return folder


def save_chat(folder: Path) -> Path:
    """A chat model of random weights that speaks in random bytes."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {piece: index for index, piece in enumerate(["<|end|>", *letters])}
    words = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    words.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    words.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=words, eos_token="<|end|>", pad_token="<|end|>")
    tokenizer.chat_template = TEMPLATE
    tokenizer.save_pretrained(folder)
    config = Qwen2Config(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=32_768,
        eos_token_id=0,
        pad_token_id=0,
    )
    Qwen2ForCausalLM(config).save_pretrained(folder)
    return folder


def smoke(*options: str, offline: str = "1") -> subprocess.CompletedProcess[str]:
    """Run the script as `make smoke-real` does."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "HF_HUB_OFFLINE": offline,
        "OMP_NUM_THREADS": "1",
        "HF_HOME": "/nonexistent",
        "TMPDIR": "/tmp",
    }
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.real", *options],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=PATIENCE_S,
        check=False,
    )


def rehearse(folder: Path, llm: str) -> str:
    """The document that the script writes in a folder, with the sheet beside it."""
    document = folder / "real.md"
    document.write_text((ROOT / "docs" / "real.md").read_text(encoding="utf-8"), encoding="utf-8")
    done = smoke(
        *("--model", str(save_sd15(folder / "sd"))),
        *("--llm", llm),
        *("--clip", str(save_clip(folder / "clip"))),
        *("--device", "cpu"),
        *("--out", str(document)),
        *("--sheet", str(folder / "sheet.png")),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return document.read_text(encoding="utf-8")


def check_document(written: str, folder: Path, wishes: int) -> None:
    before, _, rest = written.partition(BEGIN)
    assert before == (ROOT / "docs" / "real.md").read_text(encoding="utf-8").partition(BEGIN)[0]
    assert "has not been run" not in written
    rows = re.findall(r"^\| (\d) \| (.+) \| (.+) \| ([\d.]+) \| (-?[\d.]+) \| (-?[\d.]+) \|$", rest, re.MULTILINE)
    assert [(int(row[0]), row[1]) for row in rows] == [(n, wish.words) for n, wish in enumerate(WISHES[:wishes], 1)]
    assert f"Pictures: {wishes} of {wishes}; with Sketch {wishes}." in rest
    assert "| | **mean** (seconds: median) | |" in rest
    with Image.open(folder / "sheet.png") as sheet:
        assert sheet.width > wishes * THUMB_PX
        assert sheet.height > 2 * THUMB_PX
        colours = sheet.convert("RGB").getcolors(sheet.width * sheet.height)
        assert colours is not None
        assert len(colours) > 100


@pytest.mark.proof
def test_the_whole_script_with_an_llm(tmp_path: Path) -> None:
    """All eight wishes, with an LLM whose nonsense ends with the director, and says so under the table."""
    written = rehearse(tmp_path, f"local:{save_chat(tmp_path / 'chat')}")
    check_document(written, tmp_path, len(WISHES))
    assert "- 1: The LLM could not be used" in written


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "'stabilityai/sd-turbo' is not on this machine, and the hub can't be reached"),
        (("--model", "no such name!"), "There is no model 'no such name!'"),
    ],
    ids=["no network", "no model"],
)
def test_without_network_it_ends_with_one_line(options: tuple[str, ...], words: str) -> None:
    """What can't be had is told before anything is begun."""
    done = smoke(*options)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"smoke-real: {words}")
    assert done.stderr.count("\n") == 1


def test_the_sheet_has_a_column_for_each_wish(tmp_path: Path) -> None:
    """The real model's picture stands above Sketch's, and a place stays white where there is none."""
    (tmp_path / "red.png").write_bytes(blank_png(64, 64, b"\xff\0\0"))
    picture = Picture("p", PLAN, tmp_path / "red.png", "", 1.0, "a red sheet")
    made, failed = Made("red", (), 1.0, picture), Made("no", (), 1.0, None)
    write_sheet(tmp_path / "images" / "sheet.png", ([failed, made], [made, failed]))
    with Image.open(tmp_path / "images" / "sheet.png") as sheet:
        step, corner = THUMB_PX + GAP_PX, (GAP_PX + 1, LABEL_PX + 1)
        seen = [
            sheet.getpixel((corner[0] + step * column, corner[1] + step * row)) for row in (0, 1) for column in (0, 1)
        ]
    red, white = (255, 0, 0), (255, 255, 255)
    assert seen == [white, red, red, white]


def test_what_went_wrong_stands_in_the_table() -> None:
    """A wish without a picture keeps its row, with the words in place of the prompt, and no score."""
    failed = Made("The painter | went away.", ("A note.",), 3.0, None)
    text = table(WISHES[:1], ([failed], [failed]), ([None], [None]), "Today.")
    assert f"| 1 | {WISHES[0].words} | *no picture: The painter \\| went away.* | 3.0 | - | - |" in text
    assert "Pictures: 0 of 1; with Sketch 0." in text
    assert "- 1: A note." in text
    assert "| | **mean** (seconds: median) | | 3.0 | - | - |" in text


def test_only_the_table_is_replaced(tmp_path: Path) -> None:
    """What stands around the marks stays, twice; a document without marks is refused."""
    path = tmp_path / "real.md"
    path.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    for new in ("new", "newer"):
        write_table(path, new)
        assert path.read_text() == f"before\n{BEGIN}\n\n{new}\n\n{END}\nafter\n"
    path.write_text("nothing")
    with pytest.raises(LimnerError, match="no place for the table"):
        write_table(path, "new")


def test_the_wishes_are_what_was_meant() -> None:
    """Eight, in English and Chinese, and a follow-up has something before it."""
    assert len(WISHES) == 8
    assert sum(bool(re.search("[\u4e00-\u9fff]", wish.words)) for wish in WISHES) == 2
    assert any(wish.follows for wish in WISHES[1:])
    assert not WISHES[0].follows
    assert all(wish.meaning.isascii() for wish in WISHES)
