from aiogram.fsm.state import State, StatesGroup


class WrongFacts(StatesGroup):
    telling = State()
