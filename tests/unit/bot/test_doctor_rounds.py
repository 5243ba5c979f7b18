"""The doctor's rounds: no check holds up or stops another, whatever it does."""

import asyncio
import subprocess
import sys
from pathlib import Path

from bot.doctor.aside import Once, aside, ask
from bot.doctor.finding import Case, Check, Finding, Level, ok, problem, size, together, warning
from bot.doctor.rounds import Report, examine
from bot.errors import StoreError
from tests.helpers.sick import case, program

PATIENCE_S = 60


async def well(_case: Case) -> Finding:
    return ok("well")


async def breaks(_case: Case) -> Finding:
    raise ZeroDivisionError("three\nlines\nof words")


async def leaves(_case: Case) -> Finding:
    return await aside(lambda: sys.exit("a plugin ends the process"))


async def refuses(_case: Case) -> Finding:
    raise StoreError("The disk is full", "Free some space.")


async def hangs(_case: Case) -> Finding:
    await asyncio.Event().wait()
    return ok("never")


async def looked_at(folder: Path, *checks: Check) -> list[Report]:
    told: list[Report] = []
    reports = await examine(case(folder), checks, told.append)
    assert told == reports
    return reports


async def test_a_check_that_breaks_is_a_problem_and_the_others_go_on(tmp_path: Path) -> None:
    """An exception, even one that ends Python, becomes a problem line in its place."""
    checks = [Check("one", breaks), Check("two", leaves), Check("three", refuses), Check("four", well)]
    one, two, three, four = await looked_at(tmp_path, *checks)
    assert one.finding.level is two.finding.level is three.finding.level is Level.PROBLEM
    assert one.finding.found == "this check could not be carried out: ZeroDivisionError: three lines of words"
    assert "limner -v doctor" in one.finding.remedy
    assert "SystemExit: a plugin ends the process" in two.finding.found
    assert (three.finding.found, three.finding.remedy) == ("The disk is full", "Free some space.")
    assert four.finding == ok("well")


async def test_a_check_that_hangs_ends_at_its_limit(tmp_path: Path) -> None:
    """A check without an end is told as a problem, and its neighbour is not touched by it."""
    one, two = await looked_at(tmp_path, Check("one", hangs, 0.05), Check("two", well))
    assert one.finding.level is Level.PROBLEM
    assert one.finding.found == "no answer within 0.05 s"
    assert one.finding.remedy
    assert two.finding.level is Level.OK


async def test_a_timeout_inside_a_check_is_not_taken_for_its_limit(tmp_path: Path) -> None:
    """A TimeoutError of the check's own work is told as what it is."""

    async def gives_up(_case: Case) -> Finding:
        raise TimeoutError("the server is slow")

    [one] = await looked_at(tmp_path, Check("one", gives_up))
    assert "TimeoutError: the server is slow" in one.finding.found


async def test_checks_run_at_the_same_time(tmp_path: Path) -> None:
    """Two checks that wait for each other both come to an end."""
    first, second = asyncio.Event(), asyncio.Event()

    async def one(_case: Case) -> Finding:
        first.set()
        await second.wait()
        return ok("one")

    async def two(_case: Case) -> Finding:
        await first.wait()
        second.set()
        return ok("two")

    reports = await looked_at(tmp_path, Check("one", one, PATIENCE_S), Check("two", two, PATIENCE_S))
    assert [report.finding.found for report in reports] == ["one", "two"]


def test_work_that_hangs_in_a_thread_does_not_keep_the_process_alive() -> None:
    """A thread that waits for ever, as on a dead network drive, ends with the doctor."""
    script = (
        "import asyncio, threading\nfrom bot.doctor.aside import aside\n"
        "async def main():\n"
        "    try:\n"
        "        async with asyncio.timeout(0.05): await aside(threading.Event().wait)\n"
        "    except TimeoutError: print('given up')\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=PATIENCE_S)
    assert (done.returncode, done.stdout, done.stderr) == (0, "given up\n", "")


async def test_a_program_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    """At its limit the program and its children are killed, so that nothing is waited for."""
    folder = program(tmp_path / "bin", "slow", f"sleep 600 & echo $! > {tmp_path / 'pid'}; wait")
    async with asyncio.timeout(PATIENCE_S):
        try:
            await ask("slow", environment={"PATH": f"{folder}:/usr/bin:/bin"}, limit_s=0.5)
        except TimeoutError:
            ended = True
    assert ended
    child = Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}/stat")
    assert not child.exists() or child.read_text().split()[2] in "ZX"


async def test_a_program_that_is_not_there_is_nothing(tmp_path: Path) -> None:
    """A missing program is no error."""
    assert await ask("nvidia-smi", environment={"PATH": str(tmp_path)}, limit_s=1) is None


async def test_what_several_want_to_know_is_found_out_once() -> None:
    """One that gives up waiting neither stops the work nor starts it again."""
    begun, go_on = [], asyncio.Event()

    async def work() -> str:
        begun.append(1)
        await go_on.wait()
        return "known"

    once = Once(work)
    impatient = asyncio.create_task(once.get())
    patient = asyncio.create_task(once.get())
    await asyncio.sleep(0)
    impatient.cancel()
    await asyncio.wait([impatient])
    go_on.set()
    assert await patient == await once.get() == "known"
    assert begun == [1]


def test_several_findings_become_one_line() -> None:
    """The worst level counts, what is well is left out, and a remedy is said once."""
    several = [ok("fine"), warning("odd", "Look at it"), problem("bad", "Repair it"), problem("worse", "Repair it")]
    assert together(several, "all fine") == problem("odd; bad; worse", "Look at it. Repair it.")
    assert together([ok("fine")], "all fine") == ok("all fine")
    assert together([warning("odd", "x")], "").level is Level.WARNING


def test_sizes_are_for_people() -> None:
    """Bytes are shown in the unit that fits."""
    assert [size(2**11), size(3 * 2**20), size(6.4 * 2**30)] == ["2 KiB", "3 MiB", "6.4 GiB"]
