"""The inbox keeps every message once, and hands each job to one process at a time, fairly."""

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import Outcome, RequestError, Wishes
from bot.cleaning import MAX_TEXT_CHARACTERS, clean
from bot.errors import LeaseLost
from bot.inbox import Inbox
from bot.jobs import IN_LINE, LIVE, Job, State
from bot.store import Store, open_store
from bot.tables import desk_events
from tests.support import database, message

pytestmark = pytest.mark.usefixtures("database_url")  # everything here holds on each database

ROW = {"at": 0.0, "adapter": "paper", "conversation": "c", "kind": "asked"}


async def answered(inbox: Inbox, job_id: str) -> None:
    """Bring a fresh job to where it waits for the painter."""
    job = await inbox.take(turns=8, paintings=0)
    assert job is not None
    assert job.id == job_id
    await inbox.move(job, State.ANSWERED, keep=False)


async def painted_next(inbox: Inbox) -> str | None:
    """Let the next job at the painter's door be painted and posted; its id."""
    job = await inbox.take(turns=0, paintings=1)
    if job is None:
        return None
    assert job.state is State.PAINTING
    job = await inbox.move(job, State.POSTING, keep=True)
    await inbox.move(job, State.POSTED, keep=False)
    return job.id


async def served(inbox: Inbox) -> str:
    """One round of a worker that thinks about everything and paints one job."""
    while job := await inbox.take(turns=8, paintings=0):
        await inbox.move(job, State.ANSWERED, keep=False)
    done = await painted_next(inbox)
    assert done is not None
    return done


async def fresh(store: Store, lease_s: float = 60.0) -> Inbox:
    """Another process's inbox, alive."""
    inbox = Inbox(store, ["paper"], lease_s)
    await inbox.beat()
    return inbox


async def test_the_same_event_is_one_job(tmp_path: Path) -> None:
    """An event that a platform sends twice, to either of two processes, is one job with the first words."""
    async with open_store(database(tmp_path)) as store:
        one, two = await fresh(store), await fresh(store)
        first = await one.accept(message("first", event_id="e1"))
        assert await one.accept(message("second", event_id="e1")) == first
        assert await two.accept(message("third", event_id="e1")) == first
        assert [job.message.text for job in await one.line()] == ["first"]


async def test_the_same_event_at_the_same_moment_is_one_job(tmp_path: Path) -> None:
    """Twenty deliveries of one event at once give one job id."""
    async with open_store(database(tmp_path)) as store, open_store(database(tmp_path)) as other:
        one, two = await fresh(store), await fresh(other)
        ids = await asyncio.gather(*[(one, two)[n % 2].accept(message(event_id="e1")) for n in range(20)])
        assert len(set(ids)) == 1
        assert len(await one.line()) == 1


async def test_what_is_kept_alongside_a_message(tmp_path: Path) -> None:
    """It is written once however often the event comes, and where it can't be written the message isn't taken."""
    async with open_store(database(tmp_path)) as store:
        inbox, wrote = await fresh(store), list[str]()

        async def alongside(connection: AsyncConnection, job_id: str) -> None:
            await connection.execute(desk_events.insert().values(ROW | {"job_id": job_id}))
            wrote.append(job_id)

        async def broken(connection: AsyncConnection, job_id: str) -> None:
            await alongside(connection, job_id)
            raise LeaseLost("the process died", job_id=job_id)

        first = await inbox.accept(message("first", event_id="e1"), alongside=alongside)
        assert await inbox.accept(message("again", event_id="e1"), alongside=alongside) == first
        with pytest.raises(LeaseLost):
            await inbox.accept(message(event_id="e2"), alongside=broken)
        assert wrote[0] == first
        assert len(await inbox.line()) == 1
        async with store.read() as connection:
            assert list(await connection.scalars(sa.select(desk_events.c.job_id))) == [first]


async def test_event_ids_belong_to_their_adapter(tmp_path: Path) -> None:
    """The same event id from another adapter is another job, and not for a process that runs other adapters only."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        await inbox.accept(message(event_id="e1", adapter="elsewhere"))
        here = await inbox.accept(message(event_id="e1"))
        job = await inbox.take(turns=8, paintings=1)
        assert job is not None
        assert job.id == here
        assert await inbox.take(turns=8, paintings=1) is None


async def test_a_message_comes_back_as_it_was(tmp_path: Path) -> None:
    """Every field of a message survives the database."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        said = message(
            "一只红色的猫 🐈", wishes=Wishes(width_px=64, height_px=64, guidance_scale=2.5), reply_to="abc", thread="t"
        )
        job = await inbox.get(await inbox.accept(said))
        assert job is not None
        assert job.message == said


@pytest.mark.parametrize("text", ["", "  \n\t ", "\x00\x01\x1b", "\u202e\u200f"])
async def test_empty_words_are_refused(tmp_path: Path, text: str) -> None:
    """A message without a visible character is refused in one line, and nothing is kept."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        with pytest.raises(RequestError, match=r"^The message is empty\. Say what") as refused:
            await inbox.accept(message(text))
        assert "\n" not in str(refused.value)
        assert await inbox.line() == []


async def test_too_long_a_text_is_refused(tmp_path: Path) -> None:
    """A message of 100 kB is refused with its length and the limit; one of just the limit is taken."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        with pytest.raises(RequestError, match=r"100,000 characters.*at most 8,000"):
            await inbox.accept(message("x" * 100_000))
        await inbox.accept(message("x" * MAX_TEXT_CHARACTERS))
        assert len(await inbox.line()) == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x07 red\x00 car", "a red car"),
        ("\u202egnp.rac\u202c a car", "gnp.rac a car"),
        ("\ufeffa car", "a car"),
        ("👩\u200d🎨 paints", "👩\u200d🎨 paints"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("broken \udcff bytes", "broken  bytes"),
    ],
)
def test_what_no_person_means_is_taken_out(text: str, kept: str) -> None:
    """Control characters, reordering marks and broken bytes go; joiners that scripts and emoji need stay."""
    assert clean(text) == kept


async def test_broken_bytes_in_options_do_not_break_the_database(tmp_path: Path) -> None:
    """An option that holds broken bytes, as a shell may hand over, is taken without them."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        job = await inbox.get(
            await inbox.accept(message("a cat", wishes=Wishes(style="ink\udcff", negative_prompt="\x00")))
        )
        assert job is not None
        assert job.message.wishes == Wishes(style="ink", negative_prompt="")


async def test_one_turn_at_a_time_in_a_conversation(tmp_path: Path) -> None:
    """A conversation's second message waits for the first one's answer, in this process and in another."""
    async with open_store(database(tmp_path)) as store:
        one, two = await fresh(store), await fresh(store)
        first_id = await one.accept(message("first"))
        second_id = await one.accept(message("second", user="bob"))
        elsewhere_id = await one.accept(message("third", user="cai", channel="other"))
        first = await one.take(turns=8, paintings=1)
        assert first is not None
        assert first.id == first_id
        other = await two.take(turns=8, paintings=1)
        assert other is not None
        assert other.id == elsewhere_id
        assert await two.take(turns=8, paintings=1) is None
        await one.move(first, State.ANSWERED, keep=False)
        second = await two.take(turns=8, paintings=0)
        assert second is not None
        assert second.id == second_id


async def test_takers_at_the_same_moment_get_different_jobs(tmp_path: Path) -> None:
    """Forty takes at once from two processes lease each of twenty jobs once."""
    async with open_store(database(tmp_path)) as store, open_store(database(tmp_path)) as other:
        one, two = await fresh(store), await fresh(other)
        ids = [await one.accept(message(user=str(n), channel=str(n))) for n in range(20)]
        taken = await asyncio.gather(*[(one, two)[n % 2].take(turns=8, paintings=1) for n in range(40)])
        assert sorted(job.id for job in taken if job) == sorted(ids)


async def test_no_more_turns_and_paintings_than_asked_for(tmp_path: Path) -> None:
    """Fresh jobs are left alone when there is no turn free, answered ones when the painter is full."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        first, second = [await inbox.accept(message(user=user, channel=user)) for user in ("ana", "bob")]
        assert await inbox.take(turns=0, paintings=1) is None
        await answered(inbox, first)
        await answered(inbox, second)
        assert await inbox.take(turns=8, paintings=0) is None
        job = await inbox.take(turns=8, paintings=1)
        assert job is not None
        assert (job.id, job.state) == (first, State.PAINTING)
        assert await inbox.take(turns=8, paintings=1) is None
        assert await inbox.take(turns=8, paintings=2) is not None


async def test_a_fence_refuses_who_lost_the_lease(tmp_path: Path) -> None:
    """A process that was silent for too long can't change a job that another took, nor one that it took itself anew."""
    async with open_store(database(tmp_path)) as store:
        slow, quick = Inbox(store, ["paper"], 0.0), await fresh(store)
        await slow.beat()
        job_id = await slow.accept(message())
        stale = await slow.take(turns=8, paintings=1)
        assert stale is not None
        await quick.beat()
        job = await quick.take(turns=8, paintings=1)
        assert job is not None
        assert (job.id, job.fence) == (job_id, stale.fence + 1)
        for attempt in (slow.move(stale, State.POSTING, keep=True), slow.put_back(stale, 1.0)):
            with pytest.raises(LeaseLost) as lost:
                await attempt
            assert lost.value.job_id == job_id
        await quick.put_back(job, 0.0)
        again = await slow.take(turns=8, paintings=1)
        assert again is not None
        with pytest.raises(LeaseLost):
            await slow.move(stale, State.POSTING, keep=True)
        await slow.move(again, State.POSTING, keep=True)


async def test_what_a_refused_step_wrote_is_undone(tmp_path: Path) -> None:
    """A transaction whose fence is refused leaves nothing behind."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        other_id = await inbox.accept(message(user="bob", channel="b"))
        other = await inbox.take(turns=8, paintings=1)
        await inbox.accept(message())
        job = await inbox.take(turns=8, paintings=1)
        assert job is not None
        assert other is not None
        await inbox.cancel(job.id)
        with pytest.raises(LeaseLost):
            async with store.write() as connection:
                await inbox.save(connection, other, text="changed")
                await inbox.save(connection, job, text="changed")
        found = await inbox.get(other_id)
        assert found is not None
        assert found.text == ""


@pytest.mark.parametrize("state", IN_LINE)
async def test_a_dead_process_jobs_are_taken_over_in_every_state(tmp_path: Path, state: State) -> None:
    """A job in any state is taken over once its process fell silent, and by nobody before."""
    async with open_store(database(tmp_path)) as store:
        dead, heir = Inbox(store, ["paper"], 0.0), await fresh(store)
        await dead.accept(message())
        job = await dead.take(turns=8, paintings=1)
        assert job is not None
        await dead.move(job, state, keep=True)
        assert await heir.take(turns=8, paintings=1) is None
        await heir.beat()
        taken = await heir.take(turns=8, paintings=1)
        assert taken is not None
        assert taken.id == job.id
        assert taken.state is (State.PAINTING if state is State.ANSWERED else state)


async def test_a_living_process_keeps_its_jobs(tmp_path: Path) -> None:
    """Heartbeats of others take nothing from a process that beats too."""
    async with open_store(database(tmp_path)) as store:
        one, two = await fresh(store), await fresh(store)
        job_id = await one.accept(message())
        await one.take(turns=8, paintings=1)
        await two.beat()
        assert await two.take(turns=8, paintings=1) is None
        assert await one.held() == {job_id}
        assert await two.held() == set()


async def test_local_jobs_stay_at_home_while_it_lives(tmp_path: Path) -> None:
    """A terminal's job is its own process's, even before that one's first heartbeat; and anyone's once it died."""
    async with open_store(database(tmp_path)) as store:
        home, other = Inbox(store, ["paper"], 60.0), await fresh(store)
        job_id = await home.accept(message(local=True))
        await other.beat()
        assert await other.take(turns=8, paintings=1) is None
        await home.leave()
        job = await other.take(turns=8, paintings=1)
        assert job is not None
        assert job.id == job_id


async def test_home_takes_its_own_local_job(tmp_path: Path) -> None:
    """A terminal's own process takes its job at once."""
    async with open_store(database(tmp_path)) as store:
        home = await fresh(store)
        job_id = await home.accept(message(local=True))
        job = await home.take(turns=8, paintings=1)
        assert job is not None
        assert (job.id, job.home) == (job_id, home.process_id)


async def test_a_job_put_back_waits(tmp_path: Path) -> None:
    """A job that was put back for an hour is not taken now; one put back for no time is."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        await inbox.accept(message())
        job = await inbox.take(turns=8, paintings=1)
        assert job is not None
        await inbox.put_back(job, 0.0)
        job = await inbox.take(turns=8, paintings=1)
        assert job is not None
        await inbox.put_back(job, 3600.0, tries=3)
        assert await inbox.take(turns=8, paintings=1) is None
        found = await inbox.get(job.id)
        assert found is not None
        assert found.tries == 3


async def in_state(inbox: Inbox, state: State, *, leased: bool) -> Job:
    await inbox.accept(message())
    job = await inbox.take(turns=8, paintings=1)
    assert job is not None
    return await inbox.move(job, state, keep=leased)


@pytest.mark.parametrize("leased", [False, True])
@pytest.mark.parametrize("state", [state for state in LIVE if state is not State.POSTING])
async def test_a_job_is_cancelled_in_every_state_before_posting(tmp_path: Path, state: State, leased: bool) -> None:
    """Cancelling ends a job in any state before posting, and takes it from whoever holds it."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        job = await in_state(inbox, state, leased=leased)
        assert await inbox.cancel(job.id)
        after = await inbox.get(job.id)
        assert after is not None
        assert (after.state, after.outcome, after.owner) == (State.CANCELLED, Outcome.CANCELLED, None)
        assert await inbox.take(turns=8, paintings=1) is None
        with pytest.raises(LeaseLost):
            await inbox.move(job, State.POSTING, keep=True)
        assert not await inbox.cancel(job.id)


@pytest.mark.parametrize("state", [State.POSTING, State.POSTED, State.FAILED])
async def test_it_is_too_late_to_cancel_what_is_being_posted(tmp_path: Path, state: State) -> None:
    """A job that is being posted or is over stays as it is."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        job = await in_state(inbox, state, leased=False)
        assert not await inbox.cancel(job.id)
        after = await inbox.get(job.id)
        assert after is not None
        assert after.state is state


async def test_cancelling_what_is_not_there(tmp_path: Path) -> None:
    """An unknown job can't be cancelled, and is not found."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        assert not await inbox.cancel("nobody")
        assert await inbox.get("nobody") is None


@pytest.mark.parametrize("served_before", [0, 1, 7, 50, 99])
async def test_a_single_job_is_served_second_wherever_it_comes(tmp_path: Path, served_before: int) -> None:
    """One user's hundred jobs keep another's single one waiting for one painting at most, whenever it comes."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        for number in range(100):
            await inbox.accept(message(str(number), user="busy", channel=str(number)))
        for _ in range(served_before):
            await served(inbox)
        single = await inbox.accept(message("mine", user="rare", channel="rare"))
        assert single in [await served(inbox), await served(inbox)]


async def test_two_busy_users_take_turns(tmp_path: Path) -> None:
    """Two users with ten jobs each are served by turns, though one came first with all of them."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        for user in ("ana", "bob"):
            for number in range(10):
                await inbox.accept(message(str(number), user=user, channel=f"{user}{number}"))
        order = []
        for _ in range(20):
            job = await inbox.get(await served(inbox))
            assert job is not None
            order.append(job.message.user)
        assert order == ["ana", "bob"] * 10


async def test_a_long_history_of_talk_costs_nothing_later(tmp_path: Path) -> None:
    """Somebody who talked a lot without pictures is not put behind those who come new with many wishes."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        for number in range(20):
            await inbox.accept(message(str(number), user="talker"))
            job = await inbox.take(turns=8, paintings=1)
            assert job is not None
            await inbox.move(job, State.POSTING, keep=True)
            await inbox.move(job, State.POSTED, keep=False)
        for number in range(10):
            await inbox.accept(message(str(number), user="new", channel=f"new{number}"))
        single = await inbox.accept(message("mine", user="talker"))
        # Its start tag is where its last job ended, one after the newcomer's first.
        assert single in [await served(inbox) for _ in range(3)]


async def test_cancelled_jobs_do_not_push_their_user_back(tmp_path: Path) -> None:
    """Whoever cancelled all of his jobs starts where he would have without them."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        for number in range(10):
            assert await inbox.cancel(await inbox.accept(message(str(number), user="ana", channel=str(number))))
        for number in range(5):
            await inbox.accept(message(str(number), user="bob", channel=f"b{number}"))
        single = await inbox.accept(message("mine", user="ana"))
        assert single in [await served(inbox), await served(inbox)]


async def test_an_orphan_at_the_painter_does_not_block_others(tmp_path: Path) -> None:
    """A job left in 'painting' by a dead process whose adapter nobody runs takes no place at the painter."""
    async with open_store(database(tmp_path)) as store:
        dead, alive = Inbox(store, ["terminal"], 0.0), await fresh(store)
        await dead.accept(message(adapter="terminal", local=True))
        job = await dead.take(turns=8, paintings=1)
        assert job is not None
        await dead.move(job, State.PAINTING, keep=True)
        await alive.beat()
        job_id = await alive.accept(message())
        await answered(alive, job_id)
        assert await painted_next(alive) == job_id


async def test_what_only_has_to_be_posted_goes_first(tmp_path: Path) -> None:
    """A painted job goes before fresh ones, whatever their tags."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        for number in range(3):
            await inbox.accept(message(str(number), user="ana", channel=str(number)))
        for _ in range(2):
            job = await inbox.take(turns=8, paintings=1)
            assert job is not None
        await inbox.move(job, State.PAINTED, keep=False)
        following = await inbox.take(turns=8, paintings=1)
        assert following is not None
        assert following.id == job.id


async def test_the_line_is_in_the_order_of_service(tmp_path: Path) -> None:
    """The line shows what is worked on first, then by start tag; jobs that are over are not in it."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        first, second = [await inbox.accept(message(text, user="ana", channel=text)) for text in ("1", "2")]
        rare = await inbox.accept(message("3", user="rare", channel="3"))
        gone = await inbox.accept(message("4", user="gone", channel="4"))
        await inbox.cancel(gone)
        await inbox.take(turns=8, paintings=1)
        assert [job.id for job in await inbox.line()] == [first, rare, second]


async def test_leaving_gives_everything_back_at_once(tmp_path: Path) -> None:
    """What a process held when it ended in good order can be taken by another without waiting for the lease."""
    async with open_store(database(tmp_path)) as store:
        one, two = await fresh(store, 600.0), await fresh(store)
        job_id = await one.accept(message())
        await one.take(turns=8, paintings=1)
        await one.leave()
        job = await two.take(turns=8, paintings=1)
        assert job is not None
        assert job.id == job_id


async def test_changes_wake_who_waits(tmp_path: Path) -> None:
    """A process that waits for work hears of a new message without polling."""
    async with open_store(database(tmp_path)) as store:
        inbox = await fresh(store)
        inbox.changed.clear()
        await inbox.accept(message())
        assert inbox.changed.is_set()


async def test_taking_that_is_cut_off_holds_nobody_up(tmp_path: Path) -> None:
    """A process that is told to stop while it takes a job leaves no lock behind, at whatever moment that is."""
    async with open_store(database(tmp_path)) as store:
        one, two = await fresh(store), await fresh(store)
        for number in range(40):
            await one.accept(message(str(number), user=str(number), channel=str(number)))
            taking = asyncio.create_task(one.take(turns=100, paintings=0))
            await asyncio.sleep(number / 4000)
            taking.cancel()
            await asyncio.wait([taking])
            await two.beat()
        await one.leave()
        assert all(job.owner is None for job in await two.line())
