"""Titles, abstracts, claims and descriptions that say the same thing in every language they are asked for.

It knows how sentences are put together from the clauses of the grammar; it does not know offices, dates or names of
people.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Words = dict[str, str]  # language → text; the languages are cn, en, jp and, for names of designs, ko

LANGUAGES = ("cn", "en", "jp")
KIND_OF_RIGHT = {
    "U": {"cn": "本实用新型", "jp": "本考案"},
    "A": {"cn": "本发明", "jp": "本発明"},
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What one patent is about: the words chosen for it, how many views show it, and the language of filing."""

    patent_type: str
    name: Words
    features: tuple[Words, ...]
    conclusion: Words  # the design point of a design, the effect of an invention
    use: Words | None
    views: int
    language: str
    authority: str


def title(subject: Subject) -> Words:
    """The name of the product; the European office registers designs under a plural."""
    name = subject.name
    original = plural(name["en"]) if subject.authority == "EU" else name[subject.language]
    return {"original": original, **{language: name[language] for language in LANGUAGES}}


def abstract(subject: Subject) -> Words:
    return {language: _abstract(subject, language) for language in LANGUAGES}


def claims(subject: Subject) -> Words:
    """The claims. A design has a single one that points to the pictures."""
    return {language: _claims(subject, language) for language in LANGUAGES}


def description(subject: Subject) -> Words:
    """A short description in the manner of the offices that use a language."""
    describe = _design_description if subject.patent_type == "D" else _technical_description
    return {language: describe(subject, language) for language in LANGUAGES}


COMPOSED: Mapping[str, Callable[[Subject], Words]] = {
    "title": title,
    "abstract": abstract,
    "claims": claims,
    "description": description,
}


def plural(name: str) -> str:
    if name.endswith("s"):
        return name
    return name + ("es" if name.endswith(("ch", "x")) else "s")


def with_article(name: str) -> str:
    """An English name inside a sentence: lower case, with its article unless it is a plural."""
    lower = name[0].lower() + name[1:]
    if lower.split(" for ")[0].split(" with ")[0].split(" and ")[0].endswith(("phones", "earbuds")):
        return lower
    return f"{'an' if lower[0] in 'aeio' else 'a'} {lower}"


def sentence(clause: str) -> str:
    return clause[0].upper() + clause[1:] + "."


def _body(subject: Subject, language: str) -> str:
    clauses = [feature[language] for feature in subject.features]
    match language:
        case "cn":
            return ("；" if subject.patent_type == "D" else "，").join(clauses) + "。"
        case "en":
            return " ".join(map(sentence, clauses))
        case _:
            return "".join(f"{clause}。" for clause in clauses)


def _abstract(subject: Subject, language: str) -> str:
    name, body, end = subject.name[language], _body(subject, language), subject.conclusion[language]
    right = KIND_OF_RIGHT.get(subject.patent_type, {}).get(language, "")
    use = subject.use[language] if subject.use else ""
    match language, subject.patent_type:
        case "cn", "D":
            return f"本外观设计涉及一种{name}，{use}。{body}{end}。"
        case "cn", _:
            return f"{right}公开了一种{name}，{body}{end}。"
        case "en", "D":
            return f"The design relates to {with_article(name)} {use}. {body} {sentence(end)}"
        case "en", _:
            return f"{_disclosed(name)} {body} As a result, {end}."
        case _, "D":
            return f"本意匠は{name}に係るものである。本物品は{use}ものである。{body}{end}。"
        case _:
            return f"{right}は{name}を開示する。{body}これにより、{end}。"


def _claims(subject: Subject, language: str) -> str:
    name = subject.name[language]
    if subject.patent_type == "D":
        return _design_claim(name, language)
    clauses = [feature[language] for feature in subject.features]
    return "\n".join(_claim(number, name, clause, language) for number, clause in enumerate(clauses, 1))


def _disclosed(name: str) -> str:
    phrase = with_article(name)
    many = " and " in name or not phrase.startswith(("a ", "an "))
    return sentence(f"{phrase} {'are' if many else 'is'} disclosed")


def _design_claim(name: str, language: str) -> str:
    match language:
        case "cn":
            return f"如图所示的{name}的外观设计。"
        case "en":
            return f"The ornamental design for {with_article(name)}, as shown and described."
        case _:
            return f"図面に示す{name}の形状、模様又はこれらの結合。"


def _claim(number: int, name: str, clause: str, language: str) -> str:
    match language, number:
        case "cn", 1:
            return f"1.一种{name}，其特征在于，{clause}。"
        case "cn", _:
            return f"{number}.根据权利要求1所述的{name}，其特征在于，{clause}。"
        case "en", 1:
            return f"1. {with_article(name)[0].upper()}{with_article(name)[1:]}, wherein {clause}."
        case "en", _:
            return f"{number}. The {name[0].lower()}{name[1:]} according to claim 1, wherein {clause}."
        case _, 1:
            return f"【請求項1】{clause}ことを特徴とする{name}。"
        case _:
            return f"【請求項{number}】{clause}ことを特徴とする、請求項1に記載の{name}。"


def _design_description(subject: Subject, language: str) -> str:
    name, use = subject.name[language], subject.use[language] if subject.use and language in subject.use else ""
    match language:
        case "cn":
            point = subject.conclusion["cn"].removeprefix("设计要点")
            named = f"1.本外观设计产品的名称：{name}。2.本外观设计产品的用途：{use}。"
            return f"{named}3.本外观设计产品的设计要点：{point}。4.最能表明设计要点的图片：图1。"
        case "en":
            front = f"FIG. 1 is a front view of {with_article(name)} showing our new design"
            return f"{front}; {_figures(subject.views)}. {_body(subject, 'en')}"
        case _:
            product = f"【意匠に係る物品】{name}【意匠に係る物品の説明】本物品は{use}ものである。"
            return f"{product}【意匠の説明】{_body(subject, 'jp')}"


def _figures(views: int) -> str:
    kinds = ("perspective", "side", "rear", "top", "second perspective", "second side")
    named = [f"FIG. {number} is a {kind} view thereof" for number, kind in enumerate(kinds[: views - 1], 2)]
    return "; ".join([*named[:-1], f"and {named[-1]}"]) if len(named) > 1 else named[0]


def _technical_description(subject: Subject, language: str) -> str:
    name, body, end = subject.name[language], _body(subject, language), subject.conclusion[language]
    right = KIND_OF_RIGHT[subject.patent_type].get(language, "")
    match language:
        case "cn":
            return f"技术领域：{right}涉及一种{name}。具体内容：{body}有益效果：{end}。"
        case "en":
            area = f"TECHNICAL FIELD: The disclosure relates to {with_article(name)}."
            return f"{area} SUMMARY: {body} ADVANTAGES: {sentence(end)}"
        case _:
            return f"【技術分野】{right}は、{name}に関する。【課題を解決するための手段】{body}【効果】{end}。"
