"""The names of fields that a query may use, and which parts of a patent each of them searches.

The names are those of the platform's own search; of its many only those are here whose contents patents have here.
"""

from collections.abc import Mapping

TEXTS = ("title", "abstract", "claims", "description")
NAMES = ("original_assignee", "current_assignee", "inventors")
MAIN = (*TEXTS, "pn", "apno", *NAMES, "ipc", "loc")
ASSIGNEES = NAMES[:2]

_TEXT_FIELDS: Mapping[str, tuple[str, ...]] = {
    "TTL": TEXTS[:1],
    "ABST": TEXTS[1:2],
    "CLMS": TEXTS[2:3],
    "DESC": TEXTS[3:],
    "TA": TEXTS[:2],
    "TAC": TEXTS[:3],
    "TACD": TEXTS,
    "MAINF": MAIN,
}
FIELDS: Mapping[str, tuple[str, ...]] = {
    **_TEXT_FIELDS,
    **{f"{name}_ALL": parts for name, parts in _TEXT_FIELDS.items()},  # with translations, which we search anyway
    "PN": ("pn",),
    "APNO": ("apno",),
    "ALL_AN": ASSIGNEES,
    "AN": ("original_assignee",),
    "ANS": ("original_assignee",),
    "ANC": ("current_assignee",),
    "ANCS": ("current_assignee",),
    "IN": ("inventors",),
    "IPC": ("ipc",),
    "LOC": ("loc",),
}
