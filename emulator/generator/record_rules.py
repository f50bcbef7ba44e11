"""Rules for a single record in a believable world. They neither mend nor make anything.

What must be true of any patent is judged in the corpus; here is what is true of real offices only: their numbers,
days of publication, terms of protection, and that nothing is left empty.
"""

from collections.abc import Callable
from uuid import UUID

from emulator.behaviours import drawings
from emulator.corpus.form import RecordFault
from emulator.expressions.fields import TEXTS

from . import calendar, legal, subjects
from .faults import Findings, Record
from .vocabulary import Vocabulary

_INTERNATIONAL = frozenset(range(222, 226))
_NOT_GRANTED = frozenset({1, 2, 11, 13})
RecordRule = Callable[[Record, Vocabulary], Findings]


def identifier_is_a_uuid(record: Record, vocabulary: Vocabulary) -> Findings:
    try:
        fits = str(UUID(record["patent_id"])) == record["patent_id"]
    except ValueError:
        fits = False
    if not fits:
        yield "patent_id", "is no UUID in its usual form"


def numbers_have_the_form_of_the_office(record: Record, vocabulary: Vocabulary) -> Findings:
    yield from vocabulary.numbers.faults(record)


def published_on_a_day_of_publication(record: Record, vocabulary: Vocabulary) -> Findings:
    """The published examples are on whatever day the pages print."""
    days = vocabulary.offices["publication_days"]
    open_ = calendar.publishes(days, record["authority"], record["kind"], record["pbdt"])
    if not open_ and record["pn"] not in vocabulary.documented_numbers:
        weekday = f"{calendar.day(record['pbdt']):%A}"
        yield "pbdt", f"{record['authority']} does not publish on {record['pbdt']}, a {weekday}"


def nothing_happens_after_the_last_day(record: Record, vocabulary: Vocabulary) -> Findings:
    last = vocabulary.offices["last_day"]
    for field in ("apdt", "pbdt", "isd"):
        if record[field] is not None and record[field] > last:
            yield field, f"{record[field]} is after the last day of this world, {last}"


def what_is_registered_has_an_issue_date(record: Record, vocabulary: Vocabulary) -> Findings:
    granted = record["patent_type"] != "A" or record["kind"][:1] in ("B", "C")
    if granted and record["isd"] is None:
        yield "isd", "is missing, though the right is registered"
    if not granted and record["isd"] is not None:
        yield "isd", "stands there, though it is a mere application"


def status_is_known(record: Record, vocabulary: Vocabulary) -> Findings:
    known = {code for codes in vocabulary.simple_status.values() for code in codes}
    for code in record["legal_status"]:
        if code not in known:
            yield "legal_status", f"{code} is not a published code"
    follows = legal.simple(record["legal_status"], vocabulary.simple_status)
    if set(record["simple_legal_status"]) != set(follows):
        yield "simple_legal_status", f"{record['legal_status']} comes to {follows} and nothing else"


def status_fits_the_right(record: Record, vocabulary: Vocabulary) -> Findings:
    codes, application = set(record["legal_status"]), (record["authority"], record["patent_type"]) == ("WO", "A")
    if codes and bool(codes & _INTERNATIONAL) != application:
        yield "legal_status", "codes 222 to 225 belong to international applications, and only to them"
    elif record["isd"] is not None and codes & _NOT_GRANTED:
        yield "legal_status", "granted, yet pending, withdrawn or rejected"


def status_fits_the_age(record: Record, vocabulary: Vocabulary) -> Findings:
    for reason in legal.unfit(record["legal_status"], record, vocabulary.offices):
        yield "legal_status", reason


def subject_is_known_and_shown(record: Record, vocabulary: Vocabulary) -> Findings:
    if "subject" not in record:
        return
    try:
        vocabulary.words.subject(record)
    except RecordFault as fault:
        yield "/".join(map(str, fault.steps)), fault.reason
        return
    if record["picture"]:
        source, shown = vocabulary.words.source(record["subject"]["of"]), subjects.shown_by(record["picture"])
        for number in record["subject"]["features"]:
            if not subjects.fits(source.features[number], shown):
                yield "subject/features", f"{source.features[number].words['en']!r}, which the picture does not show"


def picture_and_classes_are_the_subjects(record: Record, vocabulary: Vocabulary) -> Findings:
    try:
        source = vocabulary.words.written(record["subject"]["of"])
    except KeyError:  # no subject, or none that is known
        return
    if record["picture"] and source.get("drawing") != record["picture"]["product"]:
        yield "picture/product", f"{record['picture']['product']!r} is not how {record['subject']['of']!r} is drawn"
    for field in ("loc", "ipc"):
        if set(record[field]) - set(source.get(field, ())):
            yield field, f"{record[field]} are not classes of {record['subject']['of']!r}"


def texts_are_whole(record: Record, vocabulary: Vocabulary) -> Findings:
    for name in TEXTS:
        languages = {"cn", "en", "jp", *(["original"] if name == "title" else [])}
        text = record.get(name)
        if text is not None and (set(text) != languages or not all(text.values())):
            yield name, f"must be there in {', '.join(sorted(languages))}, or not at all"
    for field in ("original_assignee", "current_assignee", "inventors"):
        if not record[field]:
            yield field, "is empty"


def classes_are_there(record: Record, vocabulary: Vocabulary) -> Findings:
    field = "loc" if record["patent_type"] == "D" else "ipc"
    if not record[field]:
        yield field, "is empty"


def designs_and_models_have_a_picture(record: Record, vocabulary: Vocabulary) -> Findings:
    picture = record["picture"]
    if (picture is None) != (record["patent_type"] == "A"):
        yield "picture", "designs and utility models have one, inventions have none"
    elif picture and picture["product"] not in drawings.PRODUCTS:
        yield "picture/product", f"nobody can draw {picture['product']!r}"


RULES: tuple[RecordRule, ...] = (
    identifier_is_a_uuid,
    numbers_have_the_form_of_the_office,
    published_on_a_day_of_publication,
    nothing_happens_after_the_last_day,
    what_is_registered_has_an_issue_date,
    status_is_known,
    status_fits_the_right,
    status_fits_the_age,
    subject_is_known_and_shown,
    picture_and_classes_are_the_subjects,
    texts_are_whole,
    classes_are_there,
    designs_and_models_have_a_picture,
)
