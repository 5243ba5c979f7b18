"""Every REST route that the server has."""

from tests.discord_server import rest_app, rest_interactions, rest_messages

ROUTES = (*rest_app.ROUTES, *rest_messages.ROUTES, *rest_interactions.ROUTES)
NAMES = tuple(f"{method} {path}" for method, path, _ in ROUTES)
