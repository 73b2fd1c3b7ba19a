"""Every talk of tests/talks, played by one bot.

Those in pending.txt do not pass yet: the list can only shrink.
"""

from pathlib import Path

import pytest

from cli.talks.player import TalkFailure, TalkPlayer
from cli.talks.script import TalkScript, read_talks
from cli.talks.stage import open_stage
from kernel.language import Language
from registry_data.contents import load_registry

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("??/*.yaml"))
PENDING = FOLDER / "pending.txt"


def title_of(file: Path, script: TalkScript) -> str:
    return f"{file.parent.name}/{file.stem}: {script.name}"


def all_talks() -> dict[str, TalkScript]:
    return {title_of(file, script): script for file in FILES for script in read_talks(file)}


@pytest.mark.bot
@pytest.mark.timeout(900)
async def test_talks_go_as_written():
    failures = await played()
    pending = set(PENDING.read_text(encoding="utf-8").splitlines())
    new = {title: failure for title, failure in failures.items() if title not in pending}
    assert not new, "\n\n".join(described(title, failure) for title, failure in new.items())
    gone = sorted(pending - set(failures))
    assert not gone, f"these pass or are gone, take them out of pending.txt: {gone}"


async def played() -> dict[str, TalkFailure]:
    """The failures of all talks."""
    failures = {}
    async with open_stage(None) as stage:
        for file in FILES:
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
