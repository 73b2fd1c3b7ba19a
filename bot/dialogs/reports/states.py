from aiogram.fsm.state import State, StatesGroup


class Report(StatesGroup):
    organisation = State()
    forms = State()
    annual = State()
    main = State()
    faults = State()
    cells = State()
    cell = State()
    hand_in = State()
    far = State()
    versions = State()
    computed = State()
    cases = State()
    sum = State()
    correction = State()
    asked = State()
    decide = State()
    refusal = State()
