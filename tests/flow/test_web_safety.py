"""Whom the web chat lets in, and what it refuses, over real connections."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from adapters.web import guard
from adapters.web.errors import BY_STATUS
from tests.helpers.web import KEY, KEYS, MARKED, Chat, Client, chat, png
from tests.support import PATIENCE_S, until

PASSPHRASE = "open sesame please"
HEADERS = tuple(guard.HEADERS)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Chat]:
    """One chat for all requests that leave nothing behind, without a login."""
    async with chat(tmp_path_factory.mktemp("chat"), messages_per_minute=10_000) as one:
        yield one


async def log_in(client: Client, name: str, passphrase: str = PASSPHRASE, **headers: str) -> httpx.Response:
    return await client.http.post("/login", data={"name": name, "passphrase": passphrase}, headers=headers)


async def raw(port: int, head: str, body: bytes = b"") -> tuple[int, dict[str, str], str]:
    """Status, headers and body of what comes back for bytes that no well-behaved client would send."""
    async with asyncio.timeout(PATIENCE_S):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
        await writer.drain()
        status = int((await reader.readline()).split()[1])
        headers: dict[str, str] = {}
        while line := (await reader.readline()).decode().strip():
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
        answer = await reader.readexactly(int(headers["content-length"]))
        writer.close()
        return status, headers, answer.decode()


def problem(response: httpx.Response) -> str:
    """The one line of an error, after a look at its shape."""
    error = response.json()["error"]
    assert set(error) == {"code", "problem", "remedy"}
    assert all(isinstance(text, str) for text in error.values())
    assert error["problem"]
    assert "\n" not in error["problem"] + error["remedy"]
    return str(error["problem"])


async def test_every_answer_carries_the_headers(tmp_path: Path) -> None:
    """Pages, files, JSON, pictures and errors of every kind have the security headers; JSON is kept nowhere."""
    async with chat(tmp_path) as one:
        page, script = await one.browser(), await one.client(KEY)
        [picture] = (await script.asked())["reply"]["pictures"]
        paths = ["/", "/login", "/static/icon.svg", "/static/nothing", "/api", "/api/v1/me", "/api/v1/openapi.json"]
        paths += ["/api/v1/nothing", "/nothing", "/healthz", "/readyz", picture["image"], "/api/v1/messages/x"]
        answers = [await script.http.get(path) for path in paths]
        answers += [await (await one.client()).http.get("/api/v1/me"), await script.http.put("/api/v1/me")]
        answers += [await page.http.get("/", headers={"Host": "evil.example"}), await page.http.post("/logout")]
        for answer in answers:
            assert [name for name in HEADERS if name not in answer.headers] == []
            assert "cache-control" in answer.headers
        assert answers[5].headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answers[0].headers["content-security-policy"]


async def test_logging_in_and_out(tmp_path: Path) -> None:
    """The passphrase and a name open the page; the same name has the same history anywhere; logging out ends it."""
    async with chat(tmp_path, passphrase=PASSPHRASE) as one:
        client = await one.client(**MARKED)
        assert (await client.http.get("/")).headers["location"] == "/login"
        assert 'action="/login"' in (await client.http.get("/login")).text
        assert (await client.http.get("/api/v1/me")).status_code == 401
        done = await log_in(client, "  Ana\u200b  Müller ")
        assert (done.status_code, done.headers["location"]) == (303, "/")
        cookie = done.headers["set-cookie"]
        assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age="))
        assert "Secure" not in cookie
        me = await client.get("/me")
        assert (me["name"], me["login"]) == ("Ana Müller", True)
        asked = await client.asked()
        phone = await one.client(**MARKED)
        await log_in(phone, "ana müller")
        assert [message["id"] for message in (await phone.get("/messages"))["messages"]] == [asked["id"]]
        stolen = await one.client(**MARKED)
        stolen.http.cookies = httpx.Cookies(client.http.cookies)
        assert (await stolen.get("/me"))["name"] == "Ana Müller"
        out = await client.http.post("/logout")
        assert (out.status_code, out.headers["location"]) == (303, "/login")
        assert "limner_session" not in client.http.cookies
        assert (await stolen.http.get("/api/v1/me")).status_code == 401
        assert (await phone.get("/me"))["name"] == "ana müller"


async def test_a_new_login_is_a_new_session(tmp_path: Path) -> None:
    """Whoever logs in again gets another cookie, and the one before is worth nothing."""
    async with chat(tmp_path, passphrase=PASSPHRASE) as one:
        client, old = await one.client(), await one.client()
        await log_in(client, "ana")
        old.http.cookies = httpx.Cookies(client.http.cookies)
        await log_in(client, "bob")
        assert (await client.get("/me"))["name"] == "bob"
        assert (await old.http.get("/api/v1/me")).status_code == 401


async def test_guessing_is_slow(tmp_path: Path) -> None:
    """After three wrong passphrases the address must wait, even with the right one; the page says how long."""
    async with chat(tmp_path, passphrase=PASSPHRASE) as one:
        client = await one.client()
        wrong = [await log_in(client, "<b>{{language}}</b>", f"guess {number}") for number in range(4)]
        assert [answer.status_code for answer in wrong] == [403, 403, 403, 429]
        assert "This is not the passphrase" in wrong[0].text
        assert "&lt;b&gt;" in wrong[0].text
        assert "<b>" not in wrong[0].text
        assert "{{" not in wrong[0].text
        right = await log_in(client, "ana")
        assert (right.status_code, "set-cookie" in right.headers) == (429, False)
        assert int(right.headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    ("form", "status"),
    [({"passphrase": PASSPHRASE}, 422), ({"name": "x" * 65, "passphrase": PASSPHRASE}, 422), ({}, 422)],
)
async def test_a_login_without_a_name(tmp_path: Path, form: dict[str, str], status: int) -> None:
    """Without a name, or with one that is too long, nobody is let in, and the form says why."""
    async with chat(tmp_path, passphrase=PASSPHRASE) as one:
        client = await one.client()
        answer = await client.http.post("/login", data=form, headers=FORM)
        assert (answer.status_code, "set-cookie" in answer.headers) == (status, False)
        assert "name" in answer.text


async def test_a_proxy_names_the_person(tmp_path: Path) -> None:
    """A trusted proxy's header makes the person; without it, nobody comes in, and sessions don't count."""
    options: dict[str, Any] = {"proxy_user_header": "Remote-User", "trusted_proxies": ["127.0.0.0/8"]}
    async with chat(tmp_path, **options) as one:
        ana = await one.client(**MARKED, **{"Remote-User": "ana@example.com", "X-Forwarded-Proto": "https"})
        assert (await ana.get("/me"))["name"] == "ana@example.com"
        await ana.asked()
        bob = await one.client(**MARKED, **{"Remote-User": "bob@example.com"})
        assert (await bob.get("/messages"))["messages"] == []
        nobody = await one.client()
        page = await nobody.http.get("/")
        assert (page.status_code, "set-cookie" in page.headers) == (403, False)
        assert (await nobody.http.get("/api/v1/me")).status_code == 401


async def test_a_strangers_header_is_not_believed(tmp_path: Path) -> None:
    """Whoever is no trusted proxy can't say who they are, nor from where they come."""
    options: dict[str, Any] = {"proxy_user_header": "Remote-User", "trusted_proxies": ["10.1.2.3"]}
    async with chat(tmp_path, passphrase=PASSPHRASE, **options) as one:
        client = await one.client(**{"Remote-User": "ana"})
        assert (await client.http.get("/api/v1/me")).status_code == 401
        tries = [await log_in(client, "ana", "wrong", **{"X-Forwarded-For": f"10.0.0.{number}"}) for number in range(4)]
        assert [answer.status_code for answer in tries] == [403, 403, 403, 429]


async def test_a_proxy_tells_addresses_apart(tmp_path: Path) -> None:
    """Behind a trusted proxy one guesser does not shut the others out, and cookies are for https alone."""
    async with chat(tmp_path, passphrase=PASSPHRASE, trusted_proxies=["127.0.0.1"]) as one:
        client = await one.client(**{"X-Forwarded-Proto": "https"})
        for _ in range(4):
            answer = await log_in(client, "eve", "wrong", **{"X-Forwarded-For": "1.2.3.4, 198.51.100.7"})
        assert answer.status_code == 429
        other = await log_in(client, "ana", **{"X-Forwarded-For": "198.51.100.7, 198.51.100.8"})
        assert other.status_code == 303
        assert "Secure" in other.headers["set-cookie"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Limner": "0"},
        MARKED | {"Origin": "https://evil.example"},
        MARKED | {"Origin": "null"},
        MARKED | {"Origin": "http://["},
        MARKED | {"Sec-Fetch-Site": "cross-site"},
        MARKED | {"Sec-Fetch-Site": "same-site"},
        MARKED | {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1"},
    ],
)
@pytest.mark.asyncio(loop_scope="module")
async def test_another_sites_page_can_do_nothing(shared: Chat, headers: dict[str, str]) -> None:
    """A change that comes with a cookie and not from our page is refused, and nothing is kept."""
    page = await shared.client()
    await page.http.get("/")
    answer = await page.http.post("/api/v1/messages", json={"text": "a red car"}, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden")
    problem(answer)
    assert (await page.get("/messages"))["messages"] == []
    if "X-Limner" in headers and headers != MARKED and headers["X-Limner"] == "1":
        assert (await page.http.post("/logout", headers=headers)).status_code == 403
        assert (await page.get("/messages"))["messages"] == []


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}]
)
@pytest.mark.asyncio(loop_scope="module")
async def test_our_own_page_can(shared: Chat, headers: dict[str, str]) -> None:
    """Our page's own requests pass, in whatever way its browser says where they come from."""
    page = await shared.browser(**headers)
    await page.post("/messages", text="a red car")
    answer = await page.http.post("/api/v1/messages", json={"text": "a cat"}, headers={"Origin": shared.url})
    assert answer.status_code == 202


@pytest.mark.asyncio(loop_scope="module")
async def test_a_link_from_elsewhere_keeps_the_session(shared: Chat) -> None:
    """A browser that leaves our cookie out because of where the link stood is led on, not made a new person."""
    client = await shared.client()
    came = await client.http.get("/", headers={"Sec-Fetch-Site": "cross-site"})
    assert (came.status_code, "set-cookie" in came.headers) == (200, False)
    assert 'content="0;url=/"' in came.text
    assert "set-cookie" in (await client.http.get("/", headers={"Sec-Fetch-Site": "same-origin"})).headers
    assert "set-cookie" not in (await client.http.get("/")).headers


BEHIND = {"public_url": "https://limner.example", "passphrase": PASSPHRASE, "hosts": ["Other.example"]}


@pytest.mark.parametrize(
    ("options", "hosts"),
    [
        (
            {},
            {
                "localhost": 200,
                "LOCALHOST:1234": 200,
                "[::1]:8080": 200,
                "evil.example": 421,
                "127.0.0.1.evil.example": 421,
                "localhost.": 421,
                "192.168.1.5": 421,
                "[": 421,
                "": 421,
            },
        ),
        (BEHIND, {"limner.example": 303, "other.example:80": 303, "evil.example": 421, "192.168.1.5:80": 303}),
    ],
    ids=["here", "behind a proxy"],
)
async def test_host_names(tmp_path: Path, options: dict[str, Any], hosts: dict[str, int]) -> None:
    """A stranger's name that leads to our address is refused: a page of theirs could read what we answer."""
    async with chat(tmp_path, **options) as one:
        client = await one.client()
        answers = {host: await client.http.get("/", headers={"Host": host}) for host in hosts}
        assert {host: answer.status_code for host, answer in answers.items()} == hosts
        assert all("adapters.web.hosts" in answer.text for answer in answers.values() if answer.status_code == 421)


async def test_bodies_that_are_too_large(tmp_path: Path) -> None:
    """A body over the limit is refused, whether it says its length or not, and nothing is kept."""
    async with chat(tmp_path, upload_bytes=2048) as one:
        script = await one.client(KEY)
        long = "x" * (2**16 + 1)
        said = await script.http.post("/api/v1/messages", json={"text": long})
        assert (said.status_code, problem(said)) == (413, BY_STATUS[413][1])

        async def pieces() -> Any:
            for _ in range(5):
                yield b" " * 2**14
            yield b'{"text": "a red car"}'

        json_type = {"Content-Type": "application/json"}
        assert (await script.http.post("/api/v1/messages", content=pieces(), headers=json_type)).status_code == 413
        png_type = {"Content-Type": "image/png"}
        assert (await script.http.post("/api/v1/uploads", content=b"x" * 2049, headers=png_type)).status_code == 413
        assert (await script.http.post("/api/v1/uploads", content=pieces(), headers=png_type)).status_code == 413
        assert (await script.get("/messages"))["messages"] == []


async def test_too_many_messages_and_pictures(tmp_path: Path) -> None:
    """Whoever sends more than they may within a minute is told when to come again; others are not kept from it."""
    async with chat(tmp_path, messages_per_minute=2, uploads_per_minute=1) as one:
        ana, bob = await one.client(KEY), await one.client(KEYS["bob"])
        answers = [await ana.http.post("/api/v1/messages", json={"text": "a cat"}) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [202, 202, 429]
        assert 1 <= int(answers[2].headers["retry-after"]) <= 30
        problem(answers[2])
        await bob.post("/messages", text="a cat")
        kind = {"Content-Type": "image/png"}
        sent = [await ana.http.post("/api/v1/uploads", content=png(), headers=kind) for _ in range(2)]
        assert [answer.status_code for answer in sent] == [201, 429]


async def test_bodies_are_not_hoarded(tmp_path: Path) -> None:
    """One person can't fill the memory with uploads that are never finished; they count no more once they are gone."""
    async with chat(tmp_path, uploads_per_minute=10_000) as one:
        head = "POST /api/v1/uploads HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 100\r\n"
        writers = []
        for _ in range(4):
            _, writer = await asyncio.open_connection("127.0.0.1", one.port)
            writer.write(f"{head}Authorization: Bearer {KEY}\r\n\r\n".encode())
            writers.append(writer)
        ana, bob = await one.client(KEY), await one.client(KEYS["bob"])

        async def status(client: Client) -> int:
            kind = {"Content-Type": "image/png"}
            return (await client.http.post("/api/v1/uploads", content=b"x", headers=kind)).status_code

        async def refused() -> bool:
            return await status(ana) == 429

        await until(refused)
        assert await status(bob) == 422
        for writer in writers:
            writer.close()

        async def taken() -> bool:
            return await status(ana) == 422

        await until(taken)


NOTHING = "0" * 32


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "said"),
    [
        ("POST", "/messages", b"{", 400, "The body is no JSON"),
        ("POST", "/messages", b"\xff", 400, "The request can't be read"),
        ("POST", "/messages", b"[" * 60_000, 400, "The request can't be read"),
        ("POST", "/messages", b"", 422, "The body is not right: Field required"),
        ("POST", "/messages", b"[]", 422, "The body is not right"),
        ("POST", "/messages", {}, 422, "text: Field required"),
        ("POST", "/messages", {"text": ""}, 422, "text: "),
        ("POST", "/messages", {"text": " \u200b\n"}, 422, "The message is empty"),
        ("POST", "/messages", {"text": "x" * 8001}, 422, "text: "),
        ("POST", "/messages", {"text": 5}, 422, "text: "),
        ("POST", "/messages", {"text": "a", "colour": "red"}, 422, "colour: "),
        ("POST", "/messages", {"text": "a", "\ud800": 1}, 422, ""),
        ("POST", "/messages", {"text": "a", "thread": "A B"}, 422, "thread: "),
        ("POST", "/messages", {"text": "a", "thread": "a/b"}, 422, "thread: "),
        ("POST", "/messages", {"text": "a", "id": "a b"}, 422, "id: "),
        ("POST", "/messages", {"text": "a", "wishes": {"count": 5}}, 422, "wishes.count: "),
        ("POST", "/messages", {"text": "a", "wishes": {"count": True}}, 422, "wishes.count: "),
        ("POST", "/messages", {"text": "a", "wishes": {"width_px": 64}}, 422, "wishes: "),
        ("POST", "/messages", {"text": "a", "wishes": {"aspect": "wide"}}, 422, "wishes.aspect: "),
        ("POST", "/messages", b'{"text": "a", "wishes": {"strength": NaN}}', 422, "wishes.strength: "),
        ("POST", "/messages", {"text": "a", "uploads": ["../../etc/passwd"]}, 422, "uploads.0: "),
        ("POST", "/messages", {"text": "a", "uploads": ["0" * 64]}, 404, "There is no such upload here"),
        ("POST", "/messages", {"text": "a", "reply_to": NOTHING}, 404, "There is no such picture here"),
        ("GET", f"/messages/{NOTHING}", None, 404, "There is no such message here"),
        ("GET", "/messages/%2e%2e%2fpasswd", None, 404, "There is nothing at this address"),
        ("GET", "/messages/..passwd", None, 422, "job: "),
        ("GET", f"/messages?before={NOTHING}", None, 404, "There is no such message here"),
        ("GET", "/messages?limit=0", None, 422, "limit: "),
        ("GET", "/messages?thread=%00", None, 422, "thread: "),
        ("DELETE", f"/messages/{NOTHING}", None, 404, "There is no such message here"),
        ("GET", f"/pictures/{NOTHING}/image", None, 404, "There is no such picture here"),
        ("GET", f"/uploads/{'0' * 64}", None, 404, "There is no such upload here"),
        ("GET", "/uploads/..%5c..%5climner.db", None, 422, "sha256: "),
        ("POST", "/uploads", b"no picture", 415, "This is no picture by its Content-Type"),
        ("PATCH", "/messages", {}, 405, "This address knows no such method"),
        ("GET", "/nothing", None, 404, "There is nothing at this address"),
    ],
)
@pytest.mark.asyncio(loop_scope="module")
async def test_what_cannot_be_done_is_said(
    shared: Chat, method: str, path: str, sent: Any, status: int, said: str
) -> None:
    """Each wrong request gets its status and one clear line in the one shape that errors have."""
    body = sent if isinstance(sent, bytes | None) else json.dumps(sent).encode()
    headers = {"Content-Type": "application/json"} if sent is not None else {}
    answer = await (await shared.client(KEY)).http.request(method, f"/api/v1{path}", content=body, headers=headers)
    assert answer.status_code == status
    assert problem(answer).startswith(said)


@pytest.mark.asyncio(loop_scope="module")
async def test_what_is_no_picture(shared: Chat) -> None:
    """Bytes that are no picture are refused with the decoder's own words."""
    script = await shared.client(KEY)
    answer = await script.http.post(
        "/api/v1/uploads", content=b"GIF89a nonsense", headers={"Content-Type": "image/gif"}
    )
    assert answer.status_code == 422
    problem(answer)


@pytest.mark.asyncio(loop_scope="module")
async def test_a_method_that_is_unknown_names_those_that_are_not(shared: Chat) -> None:
    """405 lists all that the address knows."""
    answer = await (await shared.client(KEY)).http.put("/api/v1/messages")
    assert answer.headers["allow"] == "GET, POST"


@pytest.mark.parametrize("key", ["wrong", KEY[:-1], f"{KEY}x", "ä" * 20])
@pytest.mark.asyncio(loop_scope="module")
async def test_wrong_keys(shared: Chat, key: str) -> None:
    """A key that is not one of the settings' lets nobody in, not even with a session beside it."""
    page = await shared.browser()
    header = {"Authorization": f"Bearer {key}".encode()}
    answer = await page.http.get("/api/v1/me", headers=header)  # type: ignore[arg-type]
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    problem(answer)


async def test_keys_alone(tmp_path: Path) -> None:
    """Beyond this machine and with keys alone, there is the API and no page."""
    async with chat(tmp_path, host="0.0.0.0") as one:
        nobody = await one.client()
        page = await nobody.http.get("/")
        assert (page.status_code, "set-cookie" in page.headers) == (403, False)
        assert (await (await one.client(KEY)).get("/me"))["name"] == "ana"


@pytest.mark.asyncio(loop_scope="module")
async def test_health_is_for_this_machine_or_a_key(shared: Chat) -> None:
    """Through a proxy nobody learns how the service does without a key; that it lives, everybody may know."""
    here, far = await shared.client(), await shared.client(**{"X-Forwarded-For": "198.51.100.7"})
    assert (await here.http.get("/metrics")).status_code == 200
    assert (await here.http.get("/readyz")).json() == {"ready": True, "problems": []}
    assert [(await far.http.get(path)).status_code for path in ("/healthz", "/readyz", "/metrics")] == [
        200,
        403,
        403,
    ]
    script = await shared.client(KEY, **{"X-Forwarded-For": "198.51.100.7"})
    assert (await script.http.get("/metrics")).status_code == 200


@pytest.mark.asyncio(loop_scope="module")
async def test_what_is_no_http(shared: Chat) -> None:
    """Bytes that are no request, or hold one back, are answered and closed, and others are served meanwhile."""
    status, headers, said = await raw(
        shared.port, f"GET /api/v1/me HTTP/1.1\nHost: localhost\nContent-Length: {10**15}"
    )
    assert (status, json.loads(said)["error"]["code"]) == (413, "too_large")
    assert headers["x-content-type-options"] == "nosniff"
    reader, writer = await asyncio.open_connection("127.0.0.1", shared.port)
    writer.write(b"nonsense\r\n\r\n")
    assert b"400" in await reader.readline()
    writer.close()
    assert (await (await shared.client(KEY)).get("/me"))["name"] == "ana"
