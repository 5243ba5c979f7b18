"""The web adapter: a page and an API, served for as long as the app runs."""

import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from adapters.web.settings import WebSettings, check_exposure
from bot import Limner, Progress, Reply, log
from bot.throttle import Throttle

if TYPE_CHECKING:  # FastAPI takes a while to import, and `limner plugins` needs none of it
    from adapters.web.desk import Site
    from bot.style import Library

logger = log.get("web")
UPLOADS_AT_ONCE = 4  # of one person; each is held in memory until it is opened


class Web:
    """People and scripts that come by HTTP.

    Replies are not sent anywhere: pages read them from the database, in whatever process they are served.

    Args:
        home: The home folder; what signs sessions is kept there.
        library: The styles that the page offers; those that are installed where none is given.

    Raises:
        SettingsError: Everybody would be let in.
    """

    name = "web"
    Settings = WebSettings

    def __init__(self, settings: WebSettings, *, home: Path, library: "Library | None" = None) -> None:
        check_exposure(settings)
        self._settings = settings
        self._home = home
        self._library = library
        self._throttle = Throttle()
        self.url = ""

    async def run(self, limner: Limner) -> None:
        """Serve until cancelled.

        Raises:
            SettingsError: The port is taken, or the home folder can't be used.
        """
        from adapters.web import server
        from adapters.web.app import make_app

        site = self._site(limner)
        self._throttle.open(limner.publish)
        try:
            with closing(server.bind(self._settings.host, self._settings.port)) as listener:
                self.url = server.address_of(listener)
                logger.info("listening at %s", self.url)
                click.echo(f"The web chat is at {self._settings.public_url or self.url}", err=True)
                await server.serve(make_app(site), listener, site.streams.close)
        finally:
            self.url = ""
            await self._throttle.close()

    async def progress(self, progress: Progress) -> None:
        """Keep it for the pages of all processes, a few times a second at most."""
        self._throttle.put(progress)

    async def deliver(self, reply: Reply) -> str:
        """Nothing to send: pages see that the job is over."""
        self._throttle.forget(reply.job_id)
        return reply.key

    async def find(self, reply: Reply) -> str | None:
        """Nothing was sent, and delivering again does no harm."""
        return None

    def _site(self, limner: Limner) -> "Site":
        from adapters.web.desk import Site
        from adapters.web.identity import Doorman
        from adapters.web.rates import Buckets, Delays
        from adapters.web.sessions import Sessions
        from adapters.web.streams import Streams
        from bot.style import load_styles

        settings = self._settings
        secrets = [settings.passphrase, *(settings.keys.values() if settings.desk_people else ())]
        words = "\n".join(secret.get_secret_value() for secret in secrets)
        sessions = Sessions(self._home, words, settings.session_days)
        return Site(
            settings=settings,
            limner=limner,
            sessions=sessions,
            doorman=Doorman(settings, sessions),
            messages=Buckets(settings.messages_per_minute, time.monotonic),
            uploads=Buckets(settings.uploads_per_minute, time.monotonic),
            logins=Delays(time.monotonic),
            streams=Streams(settings.streams),
            incoming=Streams(UPLOADS_AT_ONCE, "uploads"),
            styles=self._library.styles if self._library else load_styles(),
        )
