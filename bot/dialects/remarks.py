"""What the notes say of a rendering: what style and free items add, what is left out, what can't be promised."""

from bot.brief import FREE, Brief
from bot.dialects.rendering import CHINESE_RUN, Notes, is_chinese
from bot.grammar import listed
from bot.style import Style, find
from bot.tasks import ModelCard


def note_what_differs(notes: Notes, brief: Brief, card: ModelCard, style: Style | None) -> None:
    """What the style and whoever filled in free items added, and exclusions that the model does not heed."""
    if style and brief.style and not find({style.name: style}, brief.style):
        notes.add(
            f"The style '{style.name}' was chosen, so '{brief.style}' is left out.",
            f"选用了“{style.title.get('zh', style.name)}”风格，所以没有用“{brief.style}”。",
        )
    elif style:
        notes.add(
            f"The style '{style.name}' adds its own words.",
            f"“{style.title.get('zh', style.name)}”风格加上了自己的描述。",
        )
    if added := _added(brief, style):
        said = "、".join(map(notes.said, added))
        notes.add(f"Added, since you left it open: {listed(added)}.", f"你没有限定，所以加上了：{said}。")
    if brief.exclusions and not card.negative_prompt:
        left_out = listed(list(brief.exclusions), "or")
        notes.add(
            f"{card.model} heeds no negative prompt, so a picture without {left_out} can't be promised.",
            f"{card.model} 不支持反向提示词，无法保证画面里没有{'、'.join(map(notes.said, brief.exclusions))}。",
        )


def note_chinese(notes: Notes, brief: Brief, card: ModelCard, prompt: str) -> None:
    """Chinese that is to be drawn stays Chinese by right; any other is more than most models of these families read."""
    for text in (*brief.texts, *brief.names):
        prompt = prompt.replace(text, "")
    if not is_chinese(prompt) or "zh" in card.languages:
        return
    kept = list(dict.fromkeys(CHINESE_RUN.findall(prompt)))
    notes.add(
        f"I have no English for {listed(kept)}, and {card.model} may read English only.",
        f"“{'、'.join(kept)}”没有译成英文，{card.model} 可能只懂英文。",
    )


def _added(brief: Brief, style: Style | None) -> list[str]:
    """What was filled in unasked and went into the prompt: without subjects only the free items do."""
    shown = (*FREE, *(("place", "time", "weather") if brief.subjects else ()), *(() if style else ("style",)))
    return [value for name in shown if name in brief.added and (value := getattr(brief, name))]
