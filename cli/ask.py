"""`qyzmet ask`: what the bot would answer."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.views.answers.answer_text import AnswerText, AskedQuestion
from bot.views.answers.intent_text import TOLD, intent_text
from cli.local_database import ready_database
from cli.options import AsJson
from cli.plain import plain
from cli.settings import Settings
from kernel.clock import SystemClock
from kernel.language import Language
from knowledge.catalogue import Catalogue, make_catalogue
from localisation.translations import Translations
from registry_data.queries import read_registry, registry_version


def ask(
    question: Annotated[str, typer.Argument(help="The question, in everyday words.")],
    language: Annotated[
        Language | None, typer.Option(help="Answer in this language; the question's own if not given.")
    ] = None,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
) -> None:
    """Answer QUESTION as the bot would."""
    answer = asyncio.run(answered(question, language))
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=1) if as_json else for_people(answer))


async def answered(question: str, language: Language | None) -> dict[str, object]:
    catalogue = await read_catalogue()
    return document(catalogue, question, language, SystemClock().now())


async def read_catalogue() -> Catalogue:
    """The catalogue of the configured database."""
    async with ready_database(Settings().database_url) as database, database.session() as session:
        return make_catalogue(await registry_version(session), await read_registry(session))


def document(
    catalogue: Catalogue, question: str, language: Language | None, at: datetime
) -> dict[str, object]:
    """The JSON of `qyzmet ask`; `at` is aware."""
    reply = catalogue.knowledge.ask(question)
    spoken = next((known for known in Language if known.value == reply.language.value), Language.KK)
    card = catalogue.cards.get(reply.found[0].slug) if reply.confident else None
    asked = AskedQuestion(
        question=question,
        reply=reply,
        language=language or spoken,
        at=at.astimezone(UTC),
        cases=catalogue.knowledge.cases_everywhere(card, question) if card else frozenset(),
    )
    return {
        "language": reply.language.value,
        "aspect": reply.aspect.value,
        "confident": reply.confident,
        "answers": [
            {
                "slug": found.slug,
                "score": round(found.score, 1),
                "name": catalogue.name(found.slug, asked.language),
            }
            for found in reply.found
        ],
        "text": plain(_text(catalogue, asked)),
    }


def _text(catalogue: Catalogue, asked: AskedQuestion) -> str:
    """What the bot would send first: to words to the bot itself, its own."""
    texts = Translations.load()
    wanted = catalogue.wanted(asked.question)
    if wanted is not None and wanted.intent in TOLD:
        return intent_text(texts, asked.language, wanted.intent)
    return AnswerText(texts=texts).text(catalogue, asked)


def for_people(answer: dict[str, object]) -> str:
    return str(answer["text"])
