from aiogram.fsm.state import State, StatesGroup


class Deadline(StatesGroup):
    group = State()
    rule = State()
    length = State()
    moment = State()
    result = State()
