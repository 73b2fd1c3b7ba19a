from aiogram.fsm.state import State, StatesGroup


class Events(StatesGroup):
    list = State()
    kind = State()
    object = State()
    planned = State()
    start = State()
    end = State()
    card = State()
    fact = State()
    close = State()
    letter = State()
