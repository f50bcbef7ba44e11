"""What a family is about: which words of a product or topic are chosen, and that they fit its picture.

It knows the grammar and what drawings show; it does not know offices or dates.
"""

from collections.abc import Mapping
from random import Random
from typing import Any

from emulator.behaviours import drawings
from emulator.corpus.grammar import Feature, Grammar

Choice = dict[str, Any]


def choose(grammar: Grammar, key: str, picture: Mapping[str, Any] | None, random: Random) -> Choice:
    """The `subject` of a record, without the language."""
    source, written = grammar.source(key), grammar.written(key)
    own = len(written["features"])
    shown = shown_by(picture) if picture else {}
    fitting = [number for number, feature in enumerate(source.features[:own]) if fits(feature, shown)]
    if source.style == "design":
        features = sorted(random.sample(fitting, min(len(fitting), random.choice((2, 3, 3)))))
    else:  # later ones build on earlier ones
        features = fitting[: random.choice((2, 3, 3, 4))]
    return {
        "of": key,
        "name": random.randrange(len(source.names)),
        "features": features + _more(written, own, len(source.features), random),
        "conclusion": random.randrange(len(source.ends)),
    }


def shown_by(picture: Mapping[str, Any]) -> Mapping[str, str]:
    """What a drawing shows: trait → form."""
    return drawings.traits(picture["product"], picture["variation"])


def fits(feature: Feature, shown: Mapping[str, str]) -> bool:
    """Whether a drawing shows all that a feature says of it."""
    return all(
        shown.get(trait) in (wanted if isinstance(wanted, list) else [wanted])
        for trait, wanted in feature.shown.items()
    )


def _more(written: Mapping[str, Any], own: int, all_: int, random: Random) -> list[int]:
    """One clause for each of a few parts, or a few of what holds beside."""
    shelves, first = [], own
    for said in written.get("parts", {}).values():
        shelves.append(range(first, first + len(said.split())))
        first = shelves[-1].stop
    shelves += [range(number, number + 1) for number in range(first, all_)]
    wanted = min(len(shelves), random.choice((1, 2, 2, 3)))
    return sorted(random.choice(shelf) for shelf in random.sample(shelves, wanted))
