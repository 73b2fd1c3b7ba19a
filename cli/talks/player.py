"""Plays talks: each with fresh people and a clean database, all with one bot."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any

from localgram.client import SimulatorError
from localgram.keys import WORLD

from cli.talks.chat import Shown, ShownFile, TalkChat, labels_of, text_of
from cli.talks.checking import StepCheck
from cli.talks.documents import SAMPLES
from cli.talks.patterns import spaced
from cli.talks.recognition import ServiceTitles, chosen_language
from cli.talks.script import ACTIONS, SentKind, SentThing, TalkScript, TalkStep
from cli.talks.stage import NoOrganisationError, Stage
from kernel.clock import ALMATY
from kernel.language import Language

# A Monday morning, at which officials are told at once; the same in every run.
START = datetime(2026, 11, 23, 10, 0, tzinfo=ALMATY)


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkFailure:
    """The first step of a talk that went wrong, from 1; 0 if the talk could not begin."""

    name: str
    step: int
    expected: Mapping[str, Any]
    got: str


class StepFailedError(Exception):
    """The step could not be taken: its text says why."""


@dataclass(frozen=True, kw_only=True)
class TalkPlayer:
    """`folder` is where the talks' file lies, with the files that it sends."""

    stage: Stage
    folder: Path

    @cached_property
    def titles(self) -> Mapping[Language, ServiceTitles]:
        return {language: ServiceTitles.of(self.stage.catalogue, language) for language in Language}

    async def play(
        self, scripts: Iterable[TalkScript]
    ) -> AsyncIterator[tuple[TalkScript, TalkFailure | None]]:
        for script in scripts:
            try:
                failure = await self._play(script)
            except Exception as error:  # noqa: BLE001  the other talks must have their turn
                failure = TalkFailure(name=script.name, step=0, expected={}, got=repr(error))
            yield script, failure

    async def _play(self, script: TalkScript) -> TalkFailure | None:
        await self.stage.clear(script.start or START)
        try:
            chats = {
                name: await self.stage.enter(person, script.language)
                for name, person in script.everybody.items()
            }
        except NoOrganisationError as error:
            return TalkFailure(name=script.name, step=0, expected={"people": ""}, got=str(error))
        if any(person.role is not None for person in script.everybody.values()):
            await self.stage.advance(timedelta())  # what officials owe is there from the beginning
            await self.stage.settle()
        played = _PlayedTalk(player=self, script=script, chats=chats)
        for number, step in enumerate(script.steps, start=1):
            failure = await played.take(number, step)
            if failure is not None:
                return failure
        return None


@dataclass(slots=True, kw_only=True)
class _PlayedTalk:
    player: TalkPlayer
    script: TalkScript
    chats: Mapping[str, TalkChat]
    _doing: Mapping[str, Callable[[TalkChat, Any], Awaitable[None]]] = field(init=False)

    def __post_init__(self) -> None:
        self._doing = {
            "say": self._say,
            "press": self._press,
            "edit": self._edit,
            "send": self._send,
            "advance": self._advance,
        }

    async def take(self, number: int, step: TalkStep) -> TalkFailure | None:
        """The step's failure, if it fails."""
        actor = self.chats[step.actor or self.script.citizen]
        action = next((name for name in ACTIONS if getattr(step, name) is not None), None)
        try:
            if action is not None:
                await self._act(actor, action, getattr(step, action))
        except StepFailedError as error:
            return self._failure(number, {action or "": str(getattr(step, action or ""))}, str(error))
        everybody = action == "advance" and step.actor is None
        shown = await self._shown(self.chats.values() if everybody else [actor])
        check = StepCheck(shown=shown, language=actor.language, titles=self.player.titles[actor.language])
        unmet = check.unmet(step.expect)
        return self._failure(number, unmet, str(shown)) if unmet else None

    def _failure(self, number: int, expected: Mapping[str, Any], got: str) -> TalkFailure:
        return TalkFailure(name=self.script.name, step=number, expected=expected, got=got)

    async def _act(self, actor: TalkChat, action: str, value: Any) -> None:
        for chat in self.chats.values():
            await chat.begin()
        try:
            await self._doing[action](actor, value)
            await self.player.stage.settle()
        except SimulatorError as error:
            raise StepFailedError(f"Telegram refuses it: {error.reason}") from error
        except TimeoutError as error:
            raise StepFailedError("the bot was still busy with it after 30 seconds") from error
        for chat in self.chats.values():
            chat.language = chosen_language(await self._shown([chat])) or chat.language

    async def _say(self, chat: TalkChat, text: str) -> None:
        await chat.person.say(text)

    async def _press(self, chat: TalkChat, part: str) -> None:
        found = await chat.button(part)
        if found is None:
            raise StepFailedError(f"no button has this in its label; the last ones: {await chat.labels()}")
        message_id, label = found
        answer = await chat.person.press(label, message_id)
        chat.alert = str((answer.get("answer") or {}).get("text") or "")

    async def _edit(self, chat: TalkChat, text: str) -> None:
        number = await chat.last_written()
        if number is None:
            raise StepFailedError("nothing was written yet that could be edited")
        await chat.person.edit(number, text)

    async def _send(self, chat: TalkChat, thing: SentThing) -> None:
        if thing.kind is SentKind.CONTACT:
            await chat.person.share_contact(f"+7701{chat.person.number % 10_000_000:07}")
            return
        name, mime, content = SAMPLES[thing.kind]
        file = self.player.folder / (thing.file or "")
        if thing.file is not None:
            name, content = PurePath(thing.file).name, file.read_bytes() if file.is_file() else content
        caption = {"caption": thing.caption} if thing.caption else {}
        await chat.person.upload(content, name=name, kind=thing.kind.value, mime=mime, **caption)

    async def _advance(self, _: TalkChat, by: Any) -> None:
        await self.player.stage.advance(by)

    async def _shown(self, chats: Iterable[TalkChat]) -> Shown:
        shown = Shown()
        for chat in chats:
            news = await chat.news()
            shown += Shown(
                texts=tuple(spaced(text) for text in (*map(text_of, news), chat.alert) if text),
                labels=tuple(tuple(spaced(label) for label in labels_of(one)) for one in news),
                files=tuple(self._files(news)),
            )
        return shown

    def _files(self, messages: Sequence[Mapping[str, Any]]) -> list[ShownFile]:
        held = self.player.stage.simulator.app[WORLD].files
        sent = [one["document"] for one in messages if "document" in one]
        found = [(document.get("file_name", ""), held.by_id(document["file_id"])) for document in sent]
        return [ShownFile(name=name, content=one.upload.content) for name, one in found if one is not None]
