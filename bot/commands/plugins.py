"""`limner plugins`: what is installed, from metadata alone; nothing is imported."""

from dataclasses import asdict

import click

from bot import plugins as installed


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object: a list for each kind.")
def plugins(as_json: bool) -> None:
    """List all plugins that are installed, built-in ones too."""
    from bot.console import console, print_json, table

    found = {group: list(installed.available(group).values()) for group in installed.GROUPS}
    if as_json:
        print_json({group: [asdict(plugin) for plugin in several] for group, several in found.items()})
        return
    rows = [
        [group, plugin.name, plugin.package, plugin.target] for group, several in found.items() for plugin in several
    ]
    table(console(), ["kind", "name", "package", "from"], rows)
