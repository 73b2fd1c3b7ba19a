"""Free text is a question, unless it wants something from the bot itself (`intents`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import Message
from dishka import AsyncContainer
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.actions import NoteSwitchOffer
from accounts.cipher import Cipher
from bot.app.filters import PRIVATE, WORDS, IsFreeText
from bot.dialogs.complaints.kept import KeptMessages
from bot.handlers.placing.asking import place
from bot.handlers.placing.matters import Matters
from bot.handlers.signed_journal import SignedJournal
from bot.request_context import RequestContext
from bot.views.answers.answer import AnswerView, switch_screen
from bot.views.answers.answer_text import SECTIONS, AskedQuestion
from bot.views.answers.card_place import held_sections
from bot.views.answers.intent import ways_on
from bot.views.screen import Screen, send
from complaints.queries.open_matters import OpenMatters
from kernel.language import Language
from knowledge.aspect import Aspect
from knowledge.cases import cases_numbered, numbers_of, with_kept
from knowledge.journal.entries import AnswerOutcome
from knowledge.subject import QuestionReply
from messaging.metrics import ANSWERS
from registry_data.completeness import is_signpost
from registry_data.intents import Intent

REMEMBERED_FOR = timedelta(minutes=10)  # how long "how much is it?" refers to the card shown last


async def is_private(
    reply: QuestionReply, context: RequestContext, container: AsyncContainer, swiped_to: Message | None
) -> bool:
    """Whether an unanswered message may belong to something that is open, and so is no question."""
    if (reply.confident and reply.found) or reply.unnamed:
        return False
    opened = OpenMatters(await container.get(AsyncSession))
    return swiped_to is not None or await opened.any(context.person.telegram_id)


async def say_private(
    message: Message, context: RequestContext, state: FSMContext, container: AsyncContainer
) -> None:
    """Nothing was found. It may belong to a reply that an official has begun; else nothing is kept."""
    messages = KeptMessages(state=state, cipher=await container.get(Cipher), now=context.now)
    matters = Matters(context=context, container=container, messages=messages)
    found = await matters.of_reply(message.text or message.caption or "")
    if found is not None:
        await place(message, found, context, container)
        return
    ways = ways_on(context, (Intent.COMPLAIN, Intent.MY_COMPLAINTS, Intent.PERSON), situations=True)
    await send(message, Screen(text=str(context.html("answer.not_kept")), keyboard=ways))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMemory:
    about: str | None = None  # the service shown last; None after ten minutes
    cases: tuple[int, ...] = ()  # the numbers of its cases that were chosen
    part: Aspect | None = None  # the part that was asked for
    in_doubt: tuple[str, ...] = ()  # the services to choose from where none leads and none is chosen yet
    question: int | None = None  # the stored question for which services were offered
    asked_again: bool = False  # whether a rephrasing was already requested


async def recall(state: FSMContext, now: datetime) -> ChatMemory:
    data = await state.get_data()
    shown_at = data.get("about_at")
    fresh = shown_at is not None and now - datetime.fromisoformat(shown_at) < REMEMBERED_FOR
    return ChatMemory(
        about=data.get("about") if fresh else None,
        cases=tuple(data.get("cases", ())) if fresh else (),
        in_doubt=tuple(data.get("offered", ())) if fresh and data.get("in_doubt") else (),
        part=Aspect(data["part"]) if fresh and data.get("part") else None,
        question=data.get("question"),
        asked_again=bool(data.get("asked_again")),
    )


async def remember_card(state: FSMContext, slug: str, now: datetime, cases: Sequence[int] = ()) -> None:
    """Remember what follow-ups refer to. Cases are numbers: no text of a person's story is stored."""
    await state.set_data({"about": slug, "about_at": now.isoformat(), "cases": list(cases)})


async def remember_question(
    state: FSMContext, number: int, *, asked_again: bool, first: str | None, now: datetime
) -> None:
    """Remember what was offered; a follow-up refers to all of it, known by the `first`."""
    data = {"question": number, "asked_again": asked_again}
    await state.set_data(data if first is None else data | {"about": first, "about_at": now.isoformat()})


async def remember_retry(state: FSMContext) -> None:
    """Record that the person was asked to rephrase."""
    await state.set_data({"asked_again": True})


async def question(
    message: Message,
    context: RequestContext,
    state: FSMContext,
    dishka_container: AsyncContainer,
    swiped_to: Message | None = None,
) -> None:
    """Answer the question; resolve the actions lazily, as few answers need one. Raises AnswersOffError."""
    context.check_answers()
    memory = await recall(state, context.now)
    answers = ask(message.text or message.caption or "", context, memory)
    asked = answers[-1]
    private = await is_private(asked.reply, context, dishka_container, swiped_to)
    if private and not asked.reply.near:
        await say_private(message, context, state, dishka_container)
        return
    await show_answers(message, answers, context)
    if not private:
        await remember(asked, state, context, dishka_container)
    await remember_offer(state, asked)
    offer = offered_language(context, asked)
    if offer is not None:
        note_offer = await dishka_container.get(NoteSwitchOffer)
        await note_offer(context.person.telegram_id)
        await send(message, switch_screen(context, offer))


async def show_answers(message: Message, answers: Sequence[AskedQuestion], context: RequestContext) -> None:
    for asked in answers:
        await send(message, AnswerView(texts=context.texts).screen(context.catalogue, asked))


def offered_language(context: RequestContext, asked: AskedQuestion) -> Language | None:
    """The language that the whole question is plainly in, if it is not the context's and no offer was made
    before.
    """
    found = context.catalogue.knowledge.plain_language(asked.reply.words)
    if found is None or found is context.language or context.person.switch_offered:
        return None
    return found


async def edited_question(message: Message, context: RequestContext, state: FSMContext) -> None:
    """Answer what an edited message asks now.

    Nobody can tell what it was before, so it is never recorded, and one that asks nothing gets no answer.
    """
    context.check_answers()
    answers = ask(message.text or message.caption or "", context, await recall(state, context.now))
    asked = answers[-1]
    if not asked.reply.found or not (asked.reply.confident or asked.reply.near):
        return
    await show_answers(message, answers, context)
    if asked.reply.confident:
        await remember_shown(asked, state, context)
    await remember_offer(state, asked)


async def edited_answer(message: Message, context: RequestContext) -> None:
    """The open window waits for text, and a message that was sent to it has been edited."""
    await message.answer(context.html("answer.edited_unseen"))


def ask(text: str, context: RequestContext, memory: ChatMemory) -> list[AskedQuestion]:
    """The answers to a message: one for each service, or each part of one, that it asks for; never none."""
    replies = context.catalogue.knowledge.ask_all(text, about=memory.about)
    if len(replies) == 1 and memory.in_doubt and replies[0].follow_up:
        replies = (replies[0].among(memory.in_doubt),)
    elif len(replies) == 1 and replies[0].corrects and memory.part is not None:
        replies = (replies[0].asking_for(memory.part),)
    elif len(replies) == 1:
        replies = parts_told(replies[0], context)
    for reply in replies:
        ANSWERS.labels(confidence_of(reply)).inc()
    return [
        AskedQuestion(
            question=text,
            reply=reply,
            language=context.language,
            at=context.now,
            cases=chosen_cases(text, reply, context, memory),
        )
        for reply in replies
    ]


def parts_told(reply: QuestionReply, context: RequestContext) -> tuple[QuestionReply, ...]:
    """A reply for each part asked for; of the parts that a signpost lacks, one: the way is shown once."""
    replies = reply.by_parts()
    card = context.catalogue.cards.get(reply.found[0].slug) if len(replies) > 1 else None
    if card is None or not is_signpost(card):
        return replies
    held = held_sections(card)
    lacking = [one for one in replies if SECTIONS[one.aspect] not in held]
    return tuple(one for one in replies if one not in lacking[1:])


def chosen_cases(
    text: str, reply: QuestionReply, context: RequestContext, memory: ChatMemory
) -> frozenset[str]:
    """The cases that the message names; those chosen before in parts of the same card where it names none."""
    card = context.catalogue.cards.get(reply.found[0].slug) if reply.confident and reply.found else None
    if card is None:
        return frozenset()
    named = context.catalogue.knowledge.cases_everywhere(card, text)
    before = memory.cases if card.slug == memory.about else ()
    return with_kept(card, named, cases_numbered(card, before)) if before else named


def confidence_of(reply: QuestionReply) -> str:
    """The confidence label of the answer in the metrics."""
    if reply.confident and reply.found:
        return "confident"
    if reply.unnamed:
        return "unnamed"
    return "offered" if reply.near else "unanswered"


async def remember_offer(state: FSMContext, asked: AskedQuestion) -> None:
    """Remember the numbered list, if the answer is one: a number typed next chooses from it."""
    if asked.offered:
        slugs = [one.slug for one in asked.offered]
        await state.update_data(offered=slugs, in_doubt=not asked.reply.leads, section=asked.section.value)


async def remember_shown(asked: AskedQuestion, state: FSMContext, context: RequestContext) -> None:
    slug = asked.reply.found[0].slug
    card = context.catalogue.cards.get(slug)
    await remember_card(
        state, slug, context.now, numbers_of(card, asked.cases) if card and asked.cases else ()
    )
    await state.update_data(part=asked.reply.aspect.value)


async def remember(
    asked: AskedQuestion, state: FSMContext, context: RequestContext, container: AsyncContainer
) -> None:
    """Remember what a follow-up needs; a question without a single answer goes to the journal."""
    reply = asked.reply
    if reply.confident and reply.found:
        await remember_shown(asked, state, context)
        return
    memory = await recall(state, context.now)
    is_offered_again = bool(asked.offered) and memory.in_doubt == tuple(one.slug for one in asked.offered)
    if reply.unnamed or is_offered_again:  # the follow-up search adds the service's name
        return
    outcome = AnswerOutcome.OFFERED if reply.near else AnswerOutcome.UNANSWERED
    journal = await container.get(SignedJournal)
    person = context.person.telegram_id
    number = await journal.question(person, asked.question, reply.language.value, outcome)
    first = reply.found[0].slug if reply.near and reply.found else None
    await remember_question(state, number, asked_again=memory.asked_again, first=first, now=context.now)


def make_router(is_free_text: IsFreeText) -> Router:
    router = Router(name="questions")
    router.message.filter(PRIVATE, is_free_text)
    router.edited_message.filter(PRIVATE)
    router.message.register(question, WORDS)
    router.edited_message.register(edited_question, WORDS, is_free_text)
    router.edited_message.register(edited_answer, WORDS)
    return router
