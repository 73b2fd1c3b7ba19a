"""Errors raised by the rules of complaints."""

from kernel.errors import DomainError


class ConsentNeededError(DomainError):
    """Nothing is stored before the person agrees to the current version of the complaint consent."""

    code = "complaint_consent"


class IllegalTransitionError(DomainError):
    """The complaint's state does not allow this step."""

    code = "complaint_move"


class NotAssigneeError(DomainError):
    """The complaint is assigned to another official: only the assignee or the head may do this."""

    code = "complaint_not_holder"


class AlreadyAssignedError(DomainError):
    """A colleague has taken the complaint: only the head reassigns it."""

    code = "complaint_held"


class DraftIncompleteError(DomainError):
    """The draft lacks required fields; `data["missing"]` names them."""

    code = "draft_incomplete"


class TextTooLongError(DomainError):
    """The text exceeds the limit of a complaint."""

    code = "complaint_text_long"


class TooManyFilesError(DomainError):
    """The files exceed the limit of a complaint."""

    code = "complaint_files"


class FilesHeavyError(DomainError):
    """The files of one complaint are larger than `data["most_mb"]` together."""

    code = "complaint_files_heavy"


class FilesOfTheDayError(DomainError):
    """The person has sent `data["most_mb"]` of files today."""

    code = "complaint_files_day"


class TooManyAdditionsError(DomainError):
    """The person has added `data["most"]` times to complaints today."""

    code = "complaint_additions"


class TooManyComplaintsError(DomainError):
    """The person has reached the daily limit, `data["most"]`; the draft stays."""

    code = "complaint_day"


class ComplaintNumberError(DomainError):
    """No complaint has such a number: a digit is wrong or missing."""

    code = "complaint_number"


class ReceivedDayError(DomainError):
    """A complaint's day of arrival is today or earlier, and within the calendar."""

    code = "complaint_received"


class ExtensionBodyError(DomainError):
    """The law gives this organisation no extension (Law 88-V Art. 25 ¶4)."""

    code = "extension_body"


class ExtensionLateError(DomainError):
    """The due date has passed: only a complaint still in time can be extended."""

    code = "extension_late"


class ExtensionPendingError(DomainError):
    """An extension is already requested and the head has not decided."""

    code = "extension_pending"


class NothingMissingError(DomainError):
    """A request to complete a complaint names what it lacks."""

    code = "nothing_missing"


class CompletionLateError(DomainError):
    """The day to complete a complaint is a working day after today and before its due date."""

    code = "completion_late"


class RequestPendingError(DomainError):
    """The same was asked before, and is not done yet."""

    code = "request_pending"


class ReturnEarlyError(DomainError):
    """A complaint is returned only after the term to complete it, `data["until"]`, inclusive."""

    code = "return_early"


class ReturnLateError(DomainError):
    """The last day to return the complaint, `data["last"]`, has passed: it is considered."""

    code = "return_late"


class ReopenWindowClosedError(DomainError):
    """The thirty days for "not solved" have passed; the limit is the bot's, not the law's."""

    code = "not_solved_over"


class AtAgencyAlreadyError(DomainError):
    """The complaint is already with the Agency's body: the next step is the court."""

    code = "agency_already"


class PassedToItselfError(DomainError):
    """A complaint cannot be passed on to its own organisation."""

    code = "passed_to_itself"


class AnswerEmptyError(DomainError):
    """An answer needs text or a file, and must say how rights were restored where they were."""

    code = "answer_empty"


class AnswerReasonsError(DomainError):
    """An answer that does not grant all says why in words: a file alone gives no reasons."""

    code = "answer_reasons"


class MessageEmptyError(DomainError):
    """A message needs text or a file."""

    code = "message_empty"


class StarsError(DomainError):
    """A rating is one to five stars."""

    code = "stars"


class HearingDayError(DomainError):
    """A hearing is held today or earlier, and not before the complaint arrived."""

    code = "hearing_day"


class FiledDayError(DomainError):
    """A complaint filed by the citizen was filed today or earlier, at most a year ago."""

    code = "filed_day"


class TooManyNotesError(DomainError):
    """The complaint has `data["most"]` notes."""

    code = "complaint_notes"


class NotDuplicatesError(DomainError):
    """Two open complaints of one person about one service, at one organisation, can be joined; no others."""

    code = "not_duplicates"


class TemplateNameError(DomainError):
    """The first line of a template is its name, at most `data["longest"]` characters."""

    code = "template_name"


class TemplatePlaceError(DomainError):
    """Nothing fills `data["place"]`, which stands in braces."""

    code = "template_place"


class TooManyTemplatesError(DomainError):
    """The organisation has `data["most"]` templates."""

    code = "templates"


class LookReasonError(DomainError):
    """Whoever does not hold the complaint says why they open what is in it."""

    code = "look_reason"


class AddressInvalidError(DomainError):
    """A postal address has at least five characters and at most 300."""

    code = "complaint_address"


class BinNeededError(DomainError):
    """An organisation complains with its BIN, not with somebody's IIN."""

    code = "complaint_bin"


class IinNeededError(DomainError):
    """A person complains with an IIN, not with an organisation's BIN."""

    code = "complaint_iin"
