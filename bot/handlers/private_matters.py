"""Keeps what may belong to a complaint out of the list of unanswered questions.

A person whose complaint is open, or whom an official has asked something, often just types the answer; and
what is typed with a swipe answers something too.
"""

from dishka import AsyncContainer
from sqlalchemy.ext.asyncio import AsyncSession

from bot.request_context import RequestContext
from bot.views.answers.intent import ways_on
from bot.views.callbacks import CaseAction, CaseCallback
from bot.views.screen import Screen, button, keyboard
from complaints.queries.open_matters import OpenMatter, OpenMatters
from knowledge.answer import QuestionReply
from registry_data.intents import Intent

_SWIPED = OpenMatter(asked=None)


async def open_matter(
    reply: QuestionReply, context: RequestContext, container: AsyncContainer, *, is_swiped: bool
) -> OpenMatter | None:
    """What an unanswered message may belong to; None for an answered one, and where nothing is open."""
    if (reply.confident and reply.found) or reply.unnamed:
        return None
    found = await OpenMatters(await container.get(AsyncSession)).of(context.person.telegram_id)
    return found or (_SWIPED if is_swiped else None)


def private_screen(context: RequestContext, matter: OpenMatter) -> Screen:
    """Nothing was found, nothing is kept; where the message may belong is one tap away."""
    if matter.asked is None:
        ways = ways_on(context, (Intent.COMPLAIN, Intent.MY_COMPLAINTS, Intent.PERSON), situations=True)
        return Screen(text=str(context.html("answer.not_kept")), keyboard=ways)
    data = CaseCallback(action=CaseAction.ADD, complaint=matter.asked).pack()
    answer = button(context.plain("answer.answer_official"), data)
    return Screen(text=str(context.html("answer.asked_by_official")), keyboard=keyboard([[answer]]))
