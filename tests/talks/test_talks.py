"""Every talk of tests/talks, played by one bot of each process.

Those in pending.txt do not pass yet: the list can only shrink.
"""

from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

from cli.talks.player import TalkFailure, TalkPlayer
from cli.talks.script import TalkScript, read_talks
from cli.talks.stage import Stage, open_stage
from kernel.language import Language
from registry_data.contents import load_registry

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("??/*.yaml"))
PENDING = FOLDER / "pending.txt"
COURSES = {"decisions", "desk", "forms"}  # whole courses of officials' work, as long as all others together


def title_of(file: Path, script: TalkScript) -> str:
    return f"{file.parent.name}/{file.stem}: {script.name}"


def all_talks() -> dict[str, TalkScript]:
    return {title_of(file, script): script for file in FILES for script in read_talks(file)}


@pytest.fixture(scope="module")
async def stage() -> AsyncIterator[Stage]:
    """The one bot of this process that plays talks."""
    async with open_stage(None) as opened:
        yield opened


@pytest.mark.bot
@pytest.mark.timeout(900)
@pytest.mark.parametrize("are_courses", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.parametrize("language", Language)
async def test_talks_go_as_written(stage: Stage, language: Language, are_courses: bool):
    files = [
        file for file in FILES if file.parent.name == language.value and (file.stem in COURSES) == are_courses
    ]
    titles = {title_of(file, script) for file in files for script in read_talks(file)}
    pending = titles & pending_talks()
    failures = await played(stage, files)
    new = {title: failure for title, failure in failures.items() if title not in pending}
    assert not new, "\n\n".join(described(title, failure) for title, failure in new.items())
    passing = sorted(pending - set(failures))
    assert not passing, f"these pass, take them out of pending.txt: {passing}"


def test_pending_talks_are_there():
    gone = sorted(pending_talks() - set(all_talks()))
    assert not gone, f"these are gone, take them out of pending.txt: {gone}"


def test_every_talk_lies_in_the_folder_of_a_language():
    assert {file.parent.name for file in FILES} == {language.value for language in Language}


def pending_talks() -> set[str]:
    return set(PENDING.read_text(encoding="utf-8").splitlines())


async def played(stage: Stage, files: Iterable[Path]) -> dict[str, TalkFailure]:
    """The failures of all talks of these files."""
    failures = {}
    for file in files:
        player = TalkPlayer(stage=stage, folder=file.parent)
        async for script, failure in player.play(read_talks(file)):
            if failure is not None:
                failures[title_of(file, script)] = failure
    return failures


def described(title: str, failure: TalkFailure) -> str:
    return f"{title}, step {failure.step}: expected {failure.expected}, got:\n{failure.got}"


def test_there_are_fifty_talks_in_each_language():
    counts = {
        language: len([one for one in all_talks().values() if one.language is language])
        for language in Language
    }
    assert all(count >= 50 for count in counts.values()), counts


def test_no_two_talks_share_a_name():
    assert len(all_talks()) == sum(len(read_talks(file)) for file in FILES)


def test_talks_name_only_what_the_registry_has():
    registry = load_registry()
    slugs = {one.slug for one in (*registry.cards, *registry.guides)}
    codes = {one.code for one in registry.organisations}
    wrong = [
        (title, slug)
        for title, script in all_talks().items()
        for step in script.steps
        for slug in (*(step.expect.service or ()), *(step.expect.not_service or ()))
        if slug not in slugs
    ]
    wrong += [
        (title, person.organisation)
        for title, script in all_talks().items()
        for person in script.people.values()
        if person.organisation not in {None, *codes}
    ]
    assert not wrong
