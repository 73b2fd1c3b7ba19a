from aiogram.fsm.state import State, StatesGroup


class Register(StatesGroup):
    choose = State()
    resume = State()
    source = State()
    received = State()
    incoming_number = State()
    delivery = State()
    service = State()
    text = State()
    kind = State()
    complainant = State()
    name = State()
    number = State()
    phone = State()
    summary = State()
    change = State()
    leave = State()
    entered = State()
