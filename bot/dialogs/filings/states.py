from aiogram.fsm.state import State, StatesGroup


class Filings(StatesGroup):
    card = State()
    day = State()
    document = State()
    far = State()
    reopen = State()
    why = State()
