"""(b): the bot's stack, assembled as in bot/app/dispatcher.py, with one handler without our logic."""

from aiogram import Bot, Dispatcher, Router
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.strategy import FSMStrategy
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram_dialog import Dialog, Window, setup_dialogs
from aiogram_dialog.widgets.text import Const
from dishka import FromDishka, Provider, Scope, make_async_container, provide
from dishka.integrations.aiogram import AiogramProvider, ContainerMiddleware, inject
from sqlalchemy import text

from bot.app.filters import PRIVATE, WORDS
from database.engine import Database, UnitOfWork
from kernel.clock import SystemClock
from messaging.inbox.reading import Addressee
from messaging.inbox.runner import InboxRunner, InboxSettings
from messaging.inbox.unit import DatabaseStorage, current_unit_of_work

# As long as the mean answer to the questions that are asked, with as many buttons
ANSWER = "Жауап " * 77
KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Қандай құжаттар", callback_data="c:d:-1:0:identity-card") for _ in "12"]
        for _ in range(3)
    ]
    + [[InlineKeyboardButton(text="Мәзір", callback_data="m:0")]]
)
_SELECT = text("SELECT 1")


class BenchStates(StatesGroup):
    only = State()


class UnitProvider(Provider):
    scope = Scope.REQUEST

    @provide
    def unit_of_work(self) -> UnitOfWork:
        return current_unit_of_work()


class BenchErrorReporter:
    def is_expected(self, _error: Exception) -> bool:
        return False

    async def report(self, _bot: Bot, _to: Addressee, error: Exception, _incident: str | None) -> None:
        raise error


@inject
async def answer(message: Message, unit: FromDishka[UnitOfWork]) -> None:
    await unit.session.execute(_SELECT)
    await message.answer(ANSWER, reply_markup=KEYBOARD)


def stack_dispatcher(database: Database) -> Dispatcher:
    dispatcher = Dispatcher(storage=DatabaseStorage(database, SystemClock()), fsm_strategy=FSMStrategy.CHAT)
    container = make_async_container(AiogramProvider(), UnitProvider())
    dispatcher.update.outer_middleware(ContainerMiddleware(container))
    router = Router()
    router.message.filter(PRIVATE)
    router.message.register(answer, WORDS)
    dispatcher.include_routers(router, Dialog(Window(Const("?"), state=BenchStates.only)))
    setup_dialogs(dispatcher)
    return dispatcher


def stack_runner(database: Database, bot: Bot, settings: InboxSettings) -> InboxRunner:
    return InboxRunner(
        database=database,
        bot=bot,
        dispatcher=stack_dispatcher(database),
        clock=SystemClock(),
        error_reporter=BenchErrorReporter(),
        settings=settings,
    )
