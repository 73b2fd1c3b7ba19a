from aiogram.fsm.state import State, StatesGroup


class Notes(StatesGroup):
    write = State()


class Templates(StatesGroup):
    list = State()
    view = State()
    write = State()
    delete = State()


class Several(StatesGroup):
    pick = State()
    people = State()
    given = State()


class History(StatesGroup):
    steps = State()


class Duplicates(StatesGroup):
    choose = State()
    sure = State()
