"""Turns plans, pictures and proposals into what the API gives, each with its buttons, findings and choice."""

from collections.abc import Iterator, Sequence
from typing import Any

from adapters.web import picture_models as models
from bot import Action, Message, Picture, Plan
from bot.actions import offered
from bot.checker.finding import Finding, Kind
from bot.checker.sentences import tell_mended
from bot.choice import Choice, Score
from bot.dialects.rendering import Notes
from bot.difference import difference
from bot.language import language_of
from bot.messages import Proposal


def picture(painted: Picture, said: Message, buttons: Sequence[Action] | None = None) -> models.Picture:
    """A picture, with its own of a reply's buttons; with those of a picture by itself where none are given."""
    if buttons is None:
        buttons = offered([painted], language_of(said.text))
    return models.Picture.model_validate(
        _planned(painted.id, painted.plan, buttons)
        | {
            "seconds": painted.seconds,
            "alt_text": painted.alt_text,
            "image": f"/api/v1/pictures/{painted.id}/image",
            "kept": painted.kept,
            "notes": painted.notes,
            "same_as": painted.plan.same_as,
            "choice": _choice(painted.choice) if painted.choice and painted.choice.judge else None,
        }
    )


def proposal(proposed: Proposal, buttons: Sequence[Action]) -> models.Proposal:
    """What would be painted, with those of the buttons that say yes to it."""
    return models.Proposal.model_validate(_planned(proposed.id, proposed.plan, buttons))


def _planned(id_: str, plan: Plan, buttons: Sequence[Action]) -> dict[str, Any]:
    return {
        "id": id_,
        "request": plan.request,
        "prompt": plan.prompt,
        "negative_prompt": plan.negative_prompt,
        "difference": [{"kind": part.kind, "text": part.text} for part in difference(plan.request, plan.prompt)],
        "brief": plan.brief,
        "findings": [_finding(one, plan) for one in plan.findings],
        "notes": plan.notes,
        "model": plan.model,
        "style": plan.style,
        "loras": [{"name": one.name, "weight": one.weight} for one in plan.loras],
        "seed": plan.seed,
        "steps": plan.steps,
        "guidance_scale": plan.guidance_scale,
        "width_px": plan.width_px,
        "height_px": plan.height_px,
        "best_of": plan.best_of,
        "revisions": plan.revisions,
        "parent": plan.parent,
        "source": plan.source,
        "strength": plan.strength,
        "actions": [{"kind": kind, "label": label} for kind, of, label in _split(buttons) if of == id_],
    }


def _split(buttons: Sequence[Action]) -> Iterator[tuple[str, str, str]]:
    """Kind, picture and label of each."""
    for action in buttons:
        kind, _, picture_id = action.key.partition(":")
        yield kind, picture_id, action.label


def _finding(found: Finding, plan: Plan) -> models.Finding:
    return models.Finding.model_validate(
        {
            "kind": found.kind,
            "where": found.where,
            "about": found.about,
            "wanted": found.wanted,
            "found": found.found,
            "text": said(found, plan),
        }
    )


def said(found: Finding, plan: Plan) -> str:
    """A finding as a sentence in the asker's language."""
    notes = Notes(plan.request)
    match found.kind:
        case Kind.LANGUAGE:
            notes.add(
                f"My prompt still said '{found.found}', which {plan.model} can't read; I wrote it anew.",
                f"提示词里还有“{found.found}”，{plan.model} 看不懂，所以重新写过。",
            )
        case Kind.TOO_LONG:
            notes.add(
                f"My prompt took {found.found} tokens, and {plan.model} reads {found.wanted}; I made it shorter.",
                f"提示词有 {found.found} 个词元，{plan.model} 只读 {found.wanted} 个，所以缩短了。",
            )
        case _:
            tell_mended(notes, (found,), plan.brief)
    return " ".join(notes.sentences)


def _choice(made: Choice) -> models.Choice:
    scores = [_score(score, made.weight) for score in made.scores]
    return models.Choice(judge=made.judge, weight=made.weight, scores=scores, chosen=made.chosen, rounds=made.rounds)


def _score(one: Score, weight: float) -> models.Score:
    return models.Score(
        seed=one.seed,
        consistency=one.consistency,
        quality=one.quality,
        total=one.consistency + weight * one.quality,
        missing=None if one.missing is None else list(one.missing),
    )
