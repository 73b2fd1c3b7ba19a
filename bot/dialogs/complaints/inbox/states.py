from aiogram.fsm.state import State, StatesGroup


class Cases(StatesGroup):
    choose = State()
    lists = State()
    page = State()
    case = State()
    why = State()
    people = State()
    hearing = State()
    bodies = State()
    days = State()
    reason = State()
    correct = State()
    kind = State()
    delivery = State()
    service = State()
    outcome = State()
    restored = State()
    how = State()
    reply = State()
    confirm = State()
