"""What only a server can do to Limner: refuse it, cut it off, restart under it; each told in one line, or overcome."""

import asyncio
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import StoreError
from bot.inbox import Inbox
from bot.store import open_store
from bot.tables import processes
from tests.helpers.postgres import PASSWORD, Server
from tests.support import message


@pytest.fixture
def url(postgres: Server, postgres_template: str) -> object:
    with postgres.database(f"TEMPLATE {postgres_template}") as url:
        yield url


async def refused(url: str) -> str:
    """The one line that opening this database ends with."""
    with pytest.raises(StoreError) as raised:
        async with open_store(url):
            pass
    said = str(raised.value)
    assert "\n" not in said
    assert PASSWORD not in said
    assert "p%40ss" not in said
    return said


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
@pytest.mark.parametrize("options", ["", "?ssl=disable", "?sslmode=disable", "?prepared_statement_cache_size=0"])
async def test_usual_forms_of_a_url_are_understood(url: str, scheme: str, options: str) -> None:
    """URLs as other programs take them reach the same database."""
    async with open_store(url.replace("postgresql", scheme, 1) + options) as store, store.read() as connection:
        assert (await connection.execute(sa.text("SELECT 1"))).scalar_one() == 1


async def test_administrators_see_who_is_connected(url: str) -> None:
    """Limner's connections carry its name."""
    async with open_store(url) as store, store.read() as connection:
        assert (await connection.execute(sa.text("SHOW application_name"))).scalar_one() == "limner"


async def test_a_wrong_password_is_one_line(postgres: Server) -> None:
    """A wrong password is told without showing it."""
    said = await refused(postgres.url("postgres", password="hush-hush"))
    assert said == (
        'The database can\'t be used: password authentication failed for user "limner". '
        "Check user and password in the setting 'database'."
    )


async def test_an_unknown_user_is_one_line(postgres: Server) -> None:
    """An unknown user is told like a wrong password."""
    said = await refused(postgres.url("postgres").replace("limner:", "nobody:"))
    assert 'authentication failed for user "nobody"' in said
    assert "Check user and password" in said


async def test_a_missing_database_is_one_line(postgres: Server) -> None:
    """A database that is not there is told with how to make it."""
    said = await refused(postgres.url("nowhere"))
    assert said == (
        'The database can\'t be used: database "nowhere" does not exist. '
        "Make it on the server: createdb --owner USER NAME."
    )


async def test_a_port_where_nobody_listens_is_one_line(postgres: Server) -> None:
    """A server that is not up is told at once, by name and port, also where a name has several addresses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for host in ("127.0.0.1", "localhost"):
        address = postgres.url("limner", host=host).replace(str(postgres.port), str(port))
        said = await refused(address)
        assert said == (
            f"The database limner on {host}:{port} can't be reached: nobody listens there. "
            "Is the server of setting 'database' up, and its address right?"
        )


async def test_a_host_that_is_not_there_is_one_line(postgres: Server) -> None:
    """A name that nobody knows is told."""
    said = await refused(postgres.url("limner", host="no-such-host.invalid"))
    assert said.startswith(f"The database limner on no-such-host.invalid:{postgres.port} can't be reached: ")


async def test_a_missing_socket_is_one_line() -> None:
    """A Unix socket that is not there is told."""
    said = await refused("postgresql://limner:hush@/limner?host=/nowhere")
    assert said.startswith("The database limner on /nowhere can't be reached: No such file")


async def test_a_server_that_speaks_something_else_is_one_line(postgres: Server) -> None:
    """Whatever answers at the port instead of PostgreSQL is told as that, not as a crash."""

    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        said = await refused(postgres.url("limner").replace(str(postgres.port), str(port)))
    assert said.startswith("The database ")


async def test_an_unknown_option_is_one_line(postgres: Server) -> None:
    """An option of another driver is named."""
    said = await refused(f"{postgres.url('postgres')}?chanel_binding=require")
    assert said == "The setting 'database' has an option that the driver doesn't know: 'chanel_binding'."


async def test_a_server_without_encryption_is_one_line(postgres: Server) -> None:
    """Encryption that was asked for and that the server lacks is told, not given up."""
    assert "SSL" in await refused(f"{postgres.url('postgres')}?sslmode=require")


async def test_a_user_who_may_not_make_tables_is_one_line(postgres: Server) -> None:
    """Since PostgreSQL 15 only a database's owner makes tables: the line says how to become that."""
    with postgres.database() as owners:
        name = f"guest_{Path(owners).name}"
        postgres.run(f"CREATE ROLE {name} LOGIN PASSWORD 'guest'")
        said = await refused(f"postgresql://{name}:guest@{owners.partition('@')[2]}")
        postgres.run(f"DROP ROLE {name}")
    assert said == (
        "The database can't be used: permission denied for schema public. "
        "Let the bot's user own the database: ALTER DATABASE NAME OWNER TO USER."
    )


async def test_a_database_for_latin_letters_only_is_refused(postgres: Server) -> None:
    """A database that can't hold Chinese is refused when the tables are made, not at the first Chinese word."""
    with postgres.database("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0") as latin:
        said = await refused(latin)
    assert said.startswith("The database keeps texts as LATIN1, which can't hold what people write. Make it anew:")


def test_a_missing_driver_says_what_to_install() -> None:
    """Without asyncpg a PostgreSQL URL ends in one line with the extra to install."""
    script = (
        "import sys; sys.modules['asyncpg'] = None\n"
        "import asyncio\n"
        "from bot import LimnerError\n"
        "from bot.store import open_store\n"
        "async def main():\n"
        "    async with open_store('postgresql://me:hush@host/db'): pass\n"
        "try:\n    asyncio.run(main())\n"
        "except LimnerError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "PostgreSQL needs the package asyncpg. pip install 'limner[postgres]'.\n"


async def test_connections_that_the_server_cut_are_replaced(url: str, postgres: Server) -> None:
    """When the server has ended every idle connection, the next transactions just work."""
    async with open_store(url) as store:
        inbox = Inbox(store, ["paper"], 60.0)
        await asyncio.gather(*[inbox.accept(message()) for _ in range(8)])
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'limner'"
        assert postgres.run(cut)
        await asyncio.gather(*[inbox.accept(message()) for _ in range(8)])
        assert len(await inbox.line()) == 16


async def test_a_restart_of_the_server_is_waited_for(url: str, postgres: Server) -> None:
    """Whoever needs the database while the server restarts waits until it is up, and nothing accepted is lost."""
    async with open_store(url) as store:
        inbox = Inbox(store, ["paper"], 60.0)
        before = await inbox.accept(message())
        started = threading.Event()

        def restart() -> None:
            with postgres.stopped():
                started.set()
                time.sleep(0.5)

        restarting = asyncio.create_task(asyncio.to_thread(restart))
        await asyncio.to_thread(started.wait)
        after = await asyncio.gather(*[inbox.accept(message()) for _ in range(3)])
        await restarting
        assert {job.id for job in await inbox.line()} == {before, *after}


async def test_a_transaction_that_is_cut_off_is_one_line_and_leaves_nothing(url: str, postgres: Server) -> None:
    """A connection that is lost amid a transaction raises in one line, undoes it, and frees the line of writers."""
    async with open_store(url) as store:
        with pytest.raises(StoreError) as lost:
            async with store.write() as connection:
                await connection.execute(processes.insert().values(id="undone", alive_until=1.0))
                mine = (await connection.execute(sa.text("SELECT pg_backend_pid()"))).scalar_one()
                postgres.run(f"SELECT pg_terminate_backend({mine})")
                await connection.execute(processes.insert().values(id="undone too", alive_until=1.0))
        assert "\n" not in str(lost.value)
        async with store.write() as connection:
            await connection.execute(processes.insert().values(id="kept", alive_until=1.0))
        async with store.read() as connection:
            assert list((await connection.execute(sa.select(processes.c.id))).scalars()) == ["kept"]


@pytest.mark.proof
async def test_a_writer_that_stands_still_loses_its_place(url: str) -> None:
    """A process that is stopped amid a transaction keeps the others waiting for ten seconds, not for ever."""
    async with open_store(url) as stopped, open_store(url) as other:
        with pytest.raises(StoreError):
            async with stopped.write() as connection:
                await connection.execute(processes.insert().values(id="undone", alive_until=1.0))
                async with other.write() as working:
                    await working.execute(processes.insert().values(id="kept", alive_until=1.0))
                await connection.execute(processes.insert().values(id="undone too", alive_until=1.0))
        async with other.read() as connection:
            assert list((await connection.execute(sa.select(processes.c.id))).scalars()) == ["kept"]


async def test_more_at_once_than_connections(url: str, postgres: Server) -> None:
    """A hundred tasks share at most ten connections, and all come through."""
    async with open_store(url) as store:
        inbox = Inbox(store, ["paper"], 60.0)
        await asyncio.gather(*[inbox.accept(message(channel=str(n))) for n in range(100)])
        counting = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'limner'"
        assert int(postgres.run(counting)) <= 10
        assert len(await inbox.line()) == 100
