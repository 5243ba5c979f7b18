"""The adapter of the widget: visitors' pages read from the database what they were told, so nothing is sent."""

from contextlib import closing

import click

from adapters.widget.settings import WidgetSettings
from bot import DeliveryError, Limner, Progress, Reply
from bot.desk.draft import Kind
from bot.desk.events import PersonSaid
from bot.errors import SettingsError, Silenced

AT = "adapters.widget"
HANDING = "handing over"


class Widget:
    """A desk for a site that has none; `address` is where it is served, empty while it is not."""

    name = "widget"
    is_desk = True
    Settings = WidgetSettings

    def __init__(self, settings: WidgetSettings) -> None:
        self._settings = settings
        self._limner: Limner | None = None
        self.address = ""

    async def run(self, limner: Limner) -> None:
        """Serve until cancelled. Raises SettingsError where nothing can listen there."""
        self._limner = limner
        from adapters.web import server
        from adapters.widget.app import make_app
        from adapters.widget.door import Site

        site = Site(self._settings, limner)
        try:
            listener = server.bind(self._settings.host, self._settings.port)
        except SettingsError as error:
            remedy = f"Set {AT}.host and {AT}.port to what is free here."
            raise SettingsError(error.problem, remedy, f"{AT}.port") from error
        with closing(listener):
            self.address = server.address_of(listener)
            url = self._settings.public_url or self.address
            click.echo(f'The widget is <script src="{url}/widget.js" async></script>', err=True)
            try:
                await server.serve(make_app(site), listener, site.streams.close)
            finally:
                self.address = ""

    async def progress(self, progress: Progress) -> None:
        """Visitors see from their job's state that an answer is being made."""

    async def present(self, reply: Reply) -> str:
        """Nothing: the web app's page /desk shows what waits for people."""
        return ""

    async def deliver(self, reply: Reply) -> str:
        """Let the visitor's page show it, which it does once this is booked; a hand-over silences Limner first.

        Raises:
            Silenced: A person has the conversation.
            DeliveryError: The widget is not served yet.
        """
        draft, conversation = reply.draft, reply.message.channel
        if self._limner is None or draft is None:
            raise DeliveryError("The widget is not served yet")
        # An earlier try that was cut off may have silenced Limner itself.
        if reply.posted_as != HANDING and await self._limner.desk.is_silent(self.name, conversation):
            raise Silenced("A person has this conversation", lasting=True)
        if draft.kind is Kind.HAND_OVER:
            await self._limner.note(reply.job_id, HANDING)
            await self._limner.desk.took(self.name, PersonSaid(conversation))
        return reply.key

    async def find(self, reply: Reply) -> str | None:
        """Nothing was sent, and delivering again does no harm."""
        return None
