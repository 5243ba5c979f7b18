"""What schemathesis is told beyond the description of the API: how a picture looks that can be brought."""

import gc

import schemathesis
from hypothesis import strategies as st

from bot.testing import blank_png

# Where the collector comes along while CPython 3.11 builds a syntax tree, which hypothesis does to name its strategies,
# that ends in "AST constructor recursion depth mismatch". This process is a short one.
gc.disable()

PNGS = st.builds(blank_png, st.integers(8, 64), st.integers(8, 64), st.binary(min_size=3, max_size=3))

for kind in ("png", "jpeg", "webp", "gif"):
    schemathesis.openapi.media_type(f"image/{kind}", PNGS)


@schemathesis.hook
def filter_body(context: schemathesis.HookContext, body: object) -> bool:
    """Words that nobody can see are refused in any case; a schema has no way to say so."""
    if not isinstance(body, dict):
        return True
    wishes = body.get("wishes")
    texts = [body.get("text"), body.get("prompt"), wishes.get("prompt") if isinstance(wishes, dict) else None]
    return all(any(letter.isalnum() for letter in text) for text in texts if isinstance(text, str) and text)


@schemathesis.hook
def filter_case(context: schemathesis.HookContext, case: schemathesis.Case) -> bool:
    """What a schema can't say: the button 'prompt' needs a prompt; a style, model or shape that is set must exist."""
    body = case.body if isinstance(case.body, dict) else {}
    if case.operation.path.endswith("/preferences"):
        return not any(isinstance(body.get(name), str) for name in ("style", "model", "aspect"))
    is_prompt = (case.path_parameters or {}).get("kind") == "prompt"
    return not is_prompt or isinstance(body.get("prompt"), str)
