from aiogram.fsm.state import State, StatesGroup


class Mine(StatesGroup):
    list = State()
    all = State()
    case = State()
    talk = State()
    adding = State()
    withdraw = State()
    not_solved = State()
    agency = State()
    court = State()
    at_agency = State()
    no_agency = State()
    rate = State()
    word = State()
    rate_service = State()
    service_word = State()
    self_filed = State("kept")
    answered_on = State()
    answer = State()
