from aiogram.fsm.state import State, StatesGroup


class FindCases(StatesGroup):
    ask = State()
    service = State()
    found = State()


class Bodies(StatesGroup):
    list = State()
    why = State()
