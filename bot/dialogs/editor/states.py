from aiogram.fsm.state import State, StatesGroup


class Editor(StatesGroup):
    main = State()
    questions = State()
    question = State()
    facts = State()
    fact = State()
    stale_cards = State()
    stale_card = State()
    wordings = State()
    wording = State()
    drafts = State()
    draft = State()
    approval = State()
    informed = State()
