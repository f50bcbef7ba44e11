"""Consistency of a corpus: all rules, asked one after the other."""

from collections.abc import Iterator

from . import content_rules, number_rules
from .faults import Fault, Record, Rule
from .records import KEYS, OPTIONAL


def is_whole(record: Record) -> bool:
    return tuple(record) == tuple(key for key in KEYS if key in record or key not in OPTIONAL)


def keys_are_complete(records: list[Record]) -> Iterator[Fault]:
    for record in records:
        if not is_whole(record):
            odd = sorted((set(KEYS) ^ set(record)) - OPTIONAL) or ["order"]
            yield Fault(str(record.get("pn")), ", ".join(odd), "keys are not those of a patent in their order")


RULES: tuple[Rule, ...] = (
    number_rules.identifiers_are_unique,
    number_rules.identifiers_are_uuids,
    number_rules.numbers_have_the_form_of_the_office,
    number_rules.chinese_check_digits_are_right,
    number_rules.dates_are_causal,
    number_rules.years_in_numbers_are_those_of_the_dates,
    number_rules.what_is_registered_has_an_issue_date,
    content_rules.simple_status_follows_from_status,
    content_rules.status_fits_the_right,
    content_rules.classes_fit_the_type,
    content_rules.texts_are_there,
    content_rules.hashes_match_pictures,
    content_rules.families_agree,
    content_rules.families_share_their_abstract,
    number_rules.designs_claim_priority_within_six_months,
)


def check(records: list[Record]) -> list[Fault]:
    """All faults of a corpus. Records without the right keys are reported and left out of the other rules."""
    faults = list(keys_are_complete(records))
    whole = [record for record in records if is_whole(record)]
    return faults + [fault for rule in RULES for fault in rule(whole)]
