"""Publication and application numbers in the form each office gives them.

It answers what a number looks like and makes new ones that grow with the date; it does not know which numbers are
taken.
"""

import re
from itertools import pairwise
from random import Random

from .calendar import fraction_of_year

# authority, patent type → pattern of the publication number, pattern of the application number
FORMS: dict[tuple[str, str], tuple[str, str]] = {
    ("CN", "D"): (r"CN30\d{7}S", r"CN20\d\d30\d{6}\.[\dX]"),
    ("CN", "U"): (r"CN2\d{8}U", r"CN20\d\d20\d{6}\.[\dX]"),
    ("CN", "A"): (r"CN1\d{8}[AB]", r"CN20\d\d[18]0\d{6}\.[\dX]"),
    ("US", "D"): (r"USD\d{6,7}S1", r"US29/\d{6}"),
    ("US", "A"): (r"US(20\d{9}A1|\d{7,8}B[12])", r"US\d\d/\d{6}"),
    ("EU", "D"): (r"EU\d{13}S", r"EU\d{9}"),
    ("JP", "D"): (r"JP\d{7}S", r"JP\d{10}"),
    ("JP", "U"): (r"JP\d{7}U", r"JP\d{10}"),
    ("JP", "A"): (r"JP(\d{10}A|\d{7}B2)", r"JP\d{10}"),
    ("KR", "D"): (r"KR30\d{7}S", r"KR30\d{11}"),
    ("AU", "D"): (r"AU20\d\d1\d{4}S", r"AU20\d\d1\d{4}"),
    ("AU", "U"): (r"AU20\d\d1\d{5}A4", r"AU20\d\d1\d{5}"),
    ("HK", "D"): (r"HK\d{8}S", r"HK\d{7}\.\d"),
    ("WO", "A"): (r"WO20\d{8}A1", r"PCT/[A-Z]{2}20\d\d/\d{6}"),
}
SERIES_OF_US_APPLICATIONS = (
    (2008, 11),
    (2011, 12),
    (2014, 13),
    (2016, 14),
    (2018, 15),
    (2020, 16),
    (2022, 17),
    (2025, 18),
    (9999, 19),
)
Anchors = dict[str, list[list[int]]]


def fits(authority: str, patent_type: str, publication: str, application: str) -> bool:
    """Whether both numbers have the office's form; an unknown pair of office and type fits nothing."""
    forms = FORMS.get((authority, patent_type))
    return bool(forms and re.fullmatch(forms[0], publication) and re.fullmatch(forms[1], application))


def check_digit(twelve: str) -> str:
    """The last sign of a Chinese application number: weights 2 to 9 then 2 to 5, modulo 11, ten written X."""
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    rest = sum(int(digit) * weight for digit, weight in zip(twelve, weights, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def serial(anchors: Anchors, key: str, when: int, random: Random) -> int:
    """A running number near the one the office had reached on that day."""
    year, points = fraction_of_year(when), anchors[key]
    for (left, low), (right, high) in pairwise(points):
        if year < right or right == points[-1][0]:
            share = max(0.0, (year - left) / (right - left))
            return int(low + share * (high - low)) + random.randrange(max(40, (high - low) // 400))
    raise ValueError(f"{key} has fewer than two anchors")


def application(authority: str, patent_type: str, when: int, home: str, anchors: Anchors, random: Random) -> str:
    """A new application number of that office, filed on that day by someone who lives in `home`."""
    year, six = when // 10000, f"{random.randrange(1000, 999000):06d}"
    match authority:
        case "CN":
            twelve = f"{year}{ {'D': 30, 'U': 20, 'A': 10}[patent_type] }{six}"
            return f"CN{twelve}.{check_digit(twelve)}"
        case "US" if patent_type == "D":
            return f"US29/{serial(anchors, 'US/apno', when, random)}"
        case "US":
            return f"US{next(number for end, number in SERIES_OF_US_APPLICATIONS if year < end)}/{six}"
        case "EU":
            return f"EU{serial(anchors, 'EU/D', when, random):09d}"
        case "JP":
            return f"JP{year}{random.randrange(200, 31000):06d}"
        case "KR":
            return f"KR30{year}{random.randrange(500, 62000):07d}"
        case "AU":
            return (
                f"AU{year}1{random.randrange(10000):04d}"
                if patent_type == "D"
                else f"AU{year}1{random.randrange(3000):05d}"
            )
        case "HK":
            return f"HK{year % 100:02d}{random.randrange(2, 26000):05d}.{random.randrange(10)}"
        case _:
            return f"PCT/{home if home != 'EU' else 'EP'}{year}/{random.randrange(20000, 140000):06d}"


def publication(record: dict[str, object], anchors: Anchors, random: Random) -> str:
    """The publication number that goes with a record's application number, kind and dates."""
    authority, kind, patent_type = str(record["authority"]), str(record["kind"]), str(record["patent_type"])
    apno, apdt, pbdt = str(record["apno"]), int(str(record["apdt"])), int(str(record["pbdt"]))
    match authority, kind:
        case "CN", _:  # a granted Chinese patent keeps the number it was first published under
            return f"CN{serial(anchors, f'CN/{patent_type}', _first_publication(kind, apdt, pbdt), random)}{kind}"
        case ("US", "S1"):
            return f"USD{serial(anchors, 'US/D', pbdt, random)}S1"
        case ("US", "A1"):
            return f"US{pbdt // 10000}{random.randrange(1000, 440000):07d}A1"
        case ("JP", "A"):
            return f"JP{pbdt // 10000}{random.randrange(100, 230000):06d}A"
        case ("WO", _):
            return f"WO{pbdt // 10000}{random.randrange(1000, 270000):06d}A1"
        case ("EU", _):
            return f"{apno}{random.choice((1, 1, 1, 2, 3)):04d}S"
        case ("AU" | "HK", _):
            return f"{apno.replace('.', '')}{kind}"
        case _:
            return f"{authority}{serial(anchors, f'{authority}/{_series(patent_type, kind)}', pbdt, random)}{kind}"


def _series(patent_type: str, kind: str) -> str:
    return kind if patent_type == "A" else patent_type


def _first_publication(kind: str, apdt: int, pbdt: int) -> int:
    return min(pbdt, apdt + 10000) if kind == "B" else pbdt


def image(record: dict[str, object], random: Random) -> str:
    """The name of the picture a search answers with, in the manner of the office."""
    number, authority = str(record["pn"])[2:].removesuffix(str(record["kind"])), record["authority"]
    match authority:
        case "CN":
            return f"HDA{random.randrange(10**8, 10**10):013d}000011"
        case "US":
            return f"US{number}-D00000_ABST" if record["patent_type"] == "D" else f"US{number}-{record['pbdt']}-D00000"
        case "JP":
            return f"{number:0>10}000002"
        case _:
            return f"{number}_0001"
