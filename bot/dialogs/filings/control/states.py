from aiogram.fsm.state import State, StatesGroup


class Control(StatesGroup):
    card = State()
    add = State()
    code = State()
    who = State()
    count = State()
    people = State()
    day = State()
    until = State()
    text = State()
    entries = State()
    entry = State()
    why = State()
    ground = State()
    questions = State()
    executors = State()
    recording = State()
