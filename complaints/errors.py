"""What the rules of complaints refuse."""

from kernel.errors import DomainError


class ConsentNeededError(DomainError):
    """Nothing is stored before the person has agreed to the present version of the complaint's consent."""

    code = "complaint_consent"


class IllegalTransitionError(DomainError):
    """The complaint is not in a state in which this may be done."""

    code = "complaint_move"


class NotAssigneeError(DomainError):
    """Somebody else has the complaint: only he, or the head, may do this."""

    code = "complaint_not_holder"


class AlreadyAssignedError(DomainError):
    """A colleague has taken the complaint: only the head gives it to another."""

    code = "complaint_held"


class DraftIncompleteError(DomainError):
    """The draft lacks what a complaint must have; `data["missing"]` names it."""

    code = "draft_incomplete"


class TextTooLongError(DomainError):
    """More characters than a complaint may have."""

    code = "complaint_text_long"


class TooManyFilesError(DomainError):
    """More files than a complaint may have."""

    code = "complaint_files"


class TooManyComplaintsError(DomainError):
    """As many complaints as a person may send on one day, `data["most"]`, were sent; the draft stays."""

    code = "complaint_day"


class ComplaintNumberError(DomainError):
    """No complaint has such a number: a digit is wrong or missing."""

    code = "complaint_number"


class ReceivedDayError(DomainError):
    """A complaint is received today or earlier, and not before the calendar begins."""

    code = "complaint_received"


class ExtensionBodyError(DomainError):
    """The law gives this organisation no extension (Law 88-V Art. 25 ¶4)."""

    code = "extension_body"


class ExtensionLateError(DomainError):
    """The due date is over: only what is in time is extended."""

    code = "extension_late"


class ExtensionPendingError(DomainError):
    """An extension is asked for already and the head has not decided."""

    code = "extension_pending"


class ReopenWindowClosedError(DomainError):
    """The thirty days in which the bot takes "not solved" are over; the law sets no such limit."""

    code = "not_solved_over"


class AtAgencyAlreadyError(DomainError):
    """The body that assesses and controls quality has it already: after it the way is to court."""

    code = "agency_already"


class PassedToItselfError(DomainError):
    """A complaint is passed on to another organisation."""

    code = "passed_to_itself"


class AnswerEmptyError(DomainError):
    """An answer has words or a file, and says how rights were restored where they were."""

    code = "answer_empty"


class MessageEmptyError(DomainError):
    """A message has words or a file."""

    code = "message_empty"


class StarsError(DomainError):
    """One to five stars."""

    code = "stars"


class HearingDayError(DomainError):
    """A hearing was held today or earlier, and not before the complaint came."""

    code = "hearing_day"


class FiledDayError(DomainError):
    """What the citizen filed himself was filed today or earlier, a year ago at most."""

    code = "filed_day"
