"""A number typed under a numbered list chooses from it."""

from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.request_context import RequestContext
from bot.views.answers.answer_text import SECTIONS, AskedQuestion, answer_to
from bot.views.answers.card import CardView
from bot.views.answers.card_place import CardPlace, CardSection
from bot.views.answers.guide import GuideView
from bot.views.screen import Screen, send
from localisation.typed_numbers import typed_choice

_OFFERED, _SECTION = "offered", "section"


async def remember_offer(state: FSMContext, context: RequestContext, asked: AskedQuestion) -> None:
    """Remember the numbered list, if the answer is one."""
    found = answer_to(context.catalogue, asked)
    if isinstance(found, tuple):
        section = SECTIONS[asked.reply.aspect]
        await state.update_data({_OFFERED: [one.slug for one in found], _SECTION: section.value})


async def picks(message: Message, context: RequestContext, state: FSMContext) -> bool | dict[str, Any]:
    """Filter: the message is a number of the list shown last, and what it names is still there."""
    typed = typed_choice(message.text or "")
    if typed is None:
        return False
    data = await state.get_data()
    offered = data.get(_OFFERED) or []
    place = typed - 1
    if place >= len(offered):
        return False
    screen = _screen(context, offered[place], CardSection(data[_SECTION]))
    return {"picked": screen, "slug": offered[place]} if screen is not None else False


async def show_picked(
    message: Message, picked: Screen, slug: str, context: RequestContext, state: FSMContext
) -> None:
    """The list stays open: a person may look at the second thing after the first."""
    await state.update_data(about=slug, about_at=context.now.isoformat(), cases=[])
    await send(message, picked)


def _screen(context: RequestContext, slug: str, section: CardSection) -> Screen | None:
    guide = context.catalogue.guides.get(slug)
    if guide is not None:
        return GuideView(texts=context.texts).screen(guide, context.catalogue.acts, context.language)
    facts = context.catalogue.facts(slug, context.now)
    if facts is None:
        return None
    return CardView(texts=context.texts).screen(facts, context.language, CardPlace(section=section))
