"""The command line: sub-commands by entry point, and the one place where errors become words and exit codes."""

import errno
import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot import __version__, log, plugins
from bot.errors import LimnerError, PluginError, RequestError, SettingsError

if TYPE_CHECKING:  # pydantic costs 0.1 s, and `limner --help` does without
    from collections.abc import Coroutine

    from bot.settings import Settings

Result = TypeVar("Result")
FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130
LOG_FILE = "limner.log"
TERMINAL = "terminal"  # the adapter that a person at this terminal comes through


@dataclass(slots=True)
class Session:
    """One call of `limner`: what stood before the sub-command. Commands get it with `@click.pass_obj`.

    Attributes:
        config: The settings file that was named.
        home: The home folder that was named.
        verbose: How often -v was said.
        log_file: Where the log goes, once `start` was called; None while it goes to standard error.
    """

    config: Path | None = None
    home: Path | None = None
    verbose: int = 0
    log_file: Path | None = None

    def start(self, *, service: bool = False) -> "Settings":
        """Read the settings and begin the log: a service logs to standard error, a command for a person to a file.

        Raises:
            SettingsError: A key or value is wrong, or the home folder can't be used.
        """
        from bot.settings import load

        overrides: dict[str, Any] = {"home": self.home.absolute()} if self.home else {}
        if self.verbose:
            overrides["log_level"] = "info" if self.verbose == 1 else "debug"
        settings = load(self.config, overrides=overrides)
        if service or self.verbose:
            log.set_up(settings.log_level, settings.log_format)
        elif self.log_file is None:
            self._log_to_file(settings)
        return settings

    def _log_to_file(self, settings: "Settings") -> None:
        try:
            settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.log_file = settings.home / LOG_FILE
            stream = self.log_file.open("a", encoding="utf-8")
        except OSError as error:
            raise SettingsError(
                f"The home folder {settings.home} can't be used: {error.strerror}",
                "Choose one that you may write to with --home or LIMNER_HOME.",
                "home",
            ) from error
        log.set_up(settings.log_level, settings.log_format, stream)


def run(work: "Coroutine[Any, Any, Result]") -> "Result":
    """Run a command's coroutine; asyncio is imported here, since `limner --help` needs none of it."""
    import asyncio

    return asyncio.run(work)


def user_name() -> str:
    """Who sits at this terminal."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        return "me"


class Limner(click.Group):
    """A group whose sub-commands are plugins, each imported only when it is called or its line of help is shown."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all installed commands."""
        return list(_installed(ctx))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; for one that can't be loaded a stand-in that says so."""
        if cmd_name not in _installed(ctx):
            return None
        try:
            return _checked(cmd_name, plugins.load("commands", cmd_name))
        except PluginError as error:
            return _stand_in(cmd_name, error)

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run the command line and leave with its exit code; a problem is one line on standard error."""
        run: Any = super().main
        if not standalone_mode:
            return run(*args, standalone_mode=False, **extra)
        try:
            code = run(*args, standalone_mode=False, **extra)
        except click.Abort:
            sys.exit(INTERRUPTED)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(WRONG_USAGE)
        except click.ClickException as error:
            sys.exit(_say(_usage(error), error.exit_code))
        except RequestError as error:
            sys.exit(_say(str(error), WRONG_USAGE))
        except LimnerError as error:
            sys.exit(_say(str(error), FAILED))
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the sub-command; what nobody expected goes into the log and becomes one line."""
        try:
            return super().invoke(ctx)
        except (LimnerError, click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # click knows that the reader of a pipe may leave early
            raise _unexpected(error, ctx.obj) from error


@click.group(cls=Limner, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="limner", message="%(prog)s %(version)s")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Settings file.  [./limner.toml]")
@click.option("--home", type=click.Path(path_type=Path), metavar="DIR", help="Folder that keeps everything.")
@click.option("-v", "--verbose", count=True, help="Log to standard error; twice for more.")
@click.pass_context
def main(context: click.Context, config: Path | None, home: Path | None, verbose: int) -> None:
    """Limner paints what you ask for, in your own words."""
    context.obj = Session(config, home, verbose)
    if verbose:
        log.set_up("info" if verbose == 1 else "debug", "text")
    else:
        logging.getLogger().addHandler(logging.NullHandler())


def _installed(ctx: click.Context) -> dict[str, plugins.Plugin]:
    """Looked up once a call: reading all packages' metadata takes some milliseconds."""
    if __name__ not in ctx.meta:
        ctx.meta[__name__] = plugins.available("commands")
    found: dict[str, plugins.Plugin] = ctx.meta[__name__]
    return found


def _checked(name: str, command: Any) -> click.Command:
    if isinstance(command, click.Command):
        return command
    kind = type(command).__name__
    raise PluginError(
        f"Plugin '{name}' is no command: its entry point names a {kind}",
        "Repair or remove the package that brings it; `limner plugins` names it.",
        f"commands:{name}",
    )


def _stand_in(name: str, error: PluginError) -> click.Command:
    def explain(**_: Any) -> None:
        # The settings name no commands, so what the error says about them is of no use here.
        raise PluginError(error.problem, "Repair or remove the package; `limner plugins` names it.", error.plugin)

    rest = click.Argument(["rest"], nargs=-1, type=click.UNPROCESSED)
    return click.Command(
        name,
        callback=explain,
        params=[rest],
        short_help=f"(broken) {' '.join(error.problem.split())}",
        context_settings={"ignore_unknown_options": True},
    )


def _usage(error: click.ClickException) -> str:
    words = " ".join(error.format_message().split())
    if isinstance(error, click.UsageError) and error.ctx is not None:
        end = "" if words.endswith((".", "?", ")")) else "."
        return f"{words}{end} See `{error.ctx.command_path} --help`."
    return words


def _unexpected(error: Exception, session: Session) -> LimnerError:
    log.get("cli").error("unexpected", exc_info=error)
    first: BaseException = error
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    what = " ".join(f"{type(first).__name__}: {first}".split()).rstrip(":.")
    where = f"See {session.log_file}, or say it" if session.log_file else "Say it"
    remedy = "" if session.verbose else f"{where} again with `limner -v` to see where."
    return LimnerError(f"Something went wrong on my side: {what}", remedy)


def _say(problem: str, code: int) -> int:
    click.echo(f"limner: {' '.join(problem.split())}", err=True)
    return code
