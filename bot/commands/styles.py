"""`limner styles`: the styles that a picture can be asked for in."""

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def styles(as_json: bool) -> None:
    """List the styles that pictures can have."""
    from bot.console import console, print_json, table
    from bot.style import load_styles

    found = load_styles().values()
    if as_json:
        print_json({"styles": [style.model_dump(mode="json") for style in found]})
        return
    rows = [[style.name, " · ".join(style.title.values()), style.phrase("plain")] for style in found]
    table(console(), ["name", "title", "what it adds to the prompt"], rows)
