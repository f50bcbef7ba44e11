"""What is said about a picture and a patent: whole sentences that follow from the pair and agree with one another."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import product as combined
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from emulator.behaviours import comparison, drawings, features, pictures, verdict
from emulator.behaviours.comparison import Product
from emulator.behaviours.features import Standing
from emulator.behaviours.pictures import Sight
from emulator.behaviours.verdict import FIELDS, UNSEEN, Pair
from emulator.behaviours.world import World
from emulator.corpus.patents import Patent
from emulator.spec import loader, yaml

LEVELS = (*comparison.LEVELS, UNSEEN)
LANGUAGES = ("en", "cn")
VALIDITIES = ("valid", "expired", "invalid", "pending", "unknown")


@pytest.fixture
def phone(world: World) -> Patent:
    """A design with features of its own."""
    return next(one for one in world.corpus.patents if one.patent_type == "D" and len(one.features("en")) == 3)


@pytest.fixture
def model(world: World) -> Patent:
    return next(one for one in world.corpus.patents if one.patent_type == "U" and one.picture)


def paired(patent: Patent, **more: Any) -> Pair:
    shown = patent.picture.hash if patent.picture else 0
    pair = Pair(patent.pn, patent.title["en"], patent.authority, 0.9, "valid", patent, shown ^ 0b101 << 200, shown)
    return replace(pair, **more)


def texts_of(world: World, language: str) -> Mapping[str, Any]:
    texts: Mapping[str, Any] = world.texts["comparison"][language]
    return texts


def told(world: World, pair: Pair, level: str = "High", language: str = "en", **more: Any) -> dict[str, str]:
    """`classes` and `standing` may be given."""
    standing = features.standing(pair.patent, language, None, {})
    given = {"classes": frozenset(), "standing": standing, **more}
    return verdict.told(texts_of(world, language), language, level, pair, **given)


def _everything(world: World, phone: Patent, model: Patent) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Language, level and texts of all that can be said of some pairs."""
    for language, level, validity, patent in combined(LANGUAGES, LEVELS, VALIDITIES, (phone, model, None)):
        pair = replace(paired(patent or phone), patent=patent, validity=validity, title=phone.title[language])
        pair = pair if patent else replace(pair, country="ZZ", relative="XX1")
        pair = pair if level != UNSEEN else replace(pair, seen=None)
        for classes in (frozenset[str](), frozenset(phone.loc), frozenset({"99-00"})):
            known = features.standing(patent, language, None, {}).open
            for standing in (Standing(known), Standing(known[:1], known[1:2], known[2:]), Standing(open=known)):
                texts = told(world, pair, level, language, classes=classes, standing=standing)
                yield language, level, _without_owner(texts, patent)


def _without_owner(texts: dict[str, str], patent: Patent | None) -> dict[str, str]:
    """A name is written as the record has it."""
    owner = patent.current_assignee if patent else "-"
    return {field: text.replace(owner, "O") for field, text in texts.items()}


def test_all_that_can_be_said_is_whole(world: World, phone: Patent, model: Patent) -> None:
    for language, _, texts in _everything(world, phone, model):
        assert tuple(texts) == FIELDS
        for text in texts.values():
            assert text[-1] == ("." if language == "en" else "。")
            assert not set("{}") & set(text)
            assert ".." not in text
            assert "  " not in text
            assert any("\u4e00" <= letter <= "\u9fff" for letter in text) is (language == "cn")


def test_no_level_says_what_another_says(world: World) -> None:
    """A high risk is never clearly different, and a low one asks for no licence."""
    for language in LANGUAGES:
        own = {level: dict(texts_of(world, language)[level], shared=[], same=[]) for level in comparison.LEVELS}
        said = {level: set(_sentences(parts)) for level, parts in own.items()}
        assert all(said[one].isdisjoint(said[other]) for one in said for other in said if one != other)
    for level in comparison.LEVELS:
        whole = " ".join(_sentences(texts_of(world, "en")[level]))
        assert ("clearly" in whole or "unlikely" in whole) <= (level == "Low")
        assert ("licence" in whole or "come to terms" in whole) <= (level == "High")


def _sentences(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for part in node.values():
            yield from _sentences(part)
    elif isinstance(node, list):
        yield from node
    else:
        yield node


def test_the_same_pair_is_told_alike_and_others_are_not(world: World) -> None:
    designs = [one for one in world.corpus.patents if one.patent_type == "D"][:40]
    assert [told(world, paired(one)) for one in designs] == [told(world, paired(one)) for one in designs]
    for field in ("similar", "difference", "suggestion"):
        numbered = [replace(paired(designs[0]), number=f"N{number}") for number in range(20)]
        assert len({told(world, pair)[field].replace(pair.number, "N") for pair in numbered}) > 1


def test_each_feature_is_told_of_where_it_belongs(world: World, phone: Patent) -> None:
    first, second, third = phone.features("en")
    texts = told(world, paired(phone), standing=Standing((first,), (second,), (third,)))
    for clause, field in ((first, "similar"), (second, "difference"), (third, "difference")):
        assert [name for name in FIELDS if clause in texts[name]] == [field]
    assert third in told(world, paired(phone), "Low", standing=Standing(elsewhere=(third,)))["difference"]


def test_an_owner_is_named_as_the_record_has_it(world: World, phone: Patent) -> None:
    for owner in ("深圳市光影照明科技有限公司", "Aurora Phones Inc."):
        assert owner in told(world, paired(replace(phone, current_assignee=owner)))["suggestion"]


def test_of_equal_pictures_no_difference_is_told(world: World, phone: Patent) -> None:
    pair = paired(phone, score=1.0)
    same = told(world, replace(pair, seen=pair.shown))
    assert "No difference between the two pictures was found." in same["difference"]
    assert "100 %" in same["similar"]
    assert not any(word in same["risk_desc"] for word in ("differs", "nearly", "outweighs"))
    near = told(world, replace(pair, score=0.9999))
    assert "in a few places" in near["difference"]
    assert "99 %" in near["similar"]


@pytest.mark.parametrize("country", ["US", "CN", "EU", "JP", "KR", "AU", "HK", "ZZ"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_office_has_its_standard(world: World, phone: Patent, country: str, language: str) -> None:
    offices = texts_of(world, language)["offices"]
    texts = told(world, paired(phone, country=country), language=language)
    office = offices.get(country, offices["other"])
    assert texts["risk_desc"].startswith(office["standard"])
    assert office["name"].format(country=country) in texts["suggestion"]


def test_a_utility_model_is_judged_by_its_claims(world: World, model: Patent) -> None:
    texts = told(world, paired(model))
    assert texts["risk_desc"].startswith(f"{model.pn} is a utility model")
    assert model.features("en")[0] in texts["difference"]
    assert "a picture alone cannot tell" in texts["difference"]


def test_a_lapsed_right_cannot_be_infringed_but_its_family_may_live(world: World) -> None:
    corpus = world.corpus
    lapsed = [one for one in corpus.patents if one.patent_type == "D" and one.simple_legal_status == (0,)]
    alone = next(one for one in lapsed if not corpus.relatives(one))
    family = next(one for one in lapsed if any(1 in other.simple_legal_status for other in corpus.relatives(one)))
    for patent in (alone, family):
        texts = told(world, comparison.pair(corpus, patent, "en", 0.9, 0))
        assert "no longer in force, so what is sold now does not infringe it" in texts["risk_desc"]
        assert ("of the same family is still in force" in texts["risk_desc"]) is (patent is family)
        assert "licence" not in texts["suggestion"]


def test_of_a_right_past_its_term_nobody_is_told_to_look_for_its_return(world: World) -> None:
    designs = [one for one in world.corpus.patents if one.patent_type == "D" and one.simple_legal_status == (0,)]
    expired = [one for one in designs if 15 in one.legal_status]
    assert len(expired) not in (0, len(designs))
    for patent in designs:
        for level in LEVELS[:3]:
            texts = told(world, comparison.pair(world.corpus, patent, "en", 0.9, 0), level)
            past = "has run its full term" in texts["risk_desc"]
            assert past is (patent in expired)
            assert not past or not any(word in texts["suggestion"] for word in ("restored", "register", "lapsed"))


def test_a_lapsed_right_is_no_suspect() -> None:
    told = [("US", "High", 2), ("CN", "High", 1), ("JP", "High", 3), ("US", "Medium", 1), ("KR", "Medium", 2)]
    compared = [{"country": country, "risk_level": level, "status": status} for country, level, status in told]
    assert comparison.tally(compared) == {
        "high_risk_country": ["CN", "JP"],
        "middle_risk_country": ["US"],
        "suspected_infringement_count": 2,
        "suspected_infringement_country": ["CN", "JP"],
    }


def test_a_patent_nobody_knows_is_told_of_without_features(world: World, phone: Patent) -> None:
    texts = told(world, replace(paired(phone), patent=None, validity="unknown", country="ZZ"))
    assert "The legal status is not known here." in texts["risk_desc"]
    assert not any(clause in " ".join(texts.values()) for clause in phone.features("en"))


def test_what_a_record_says_in_its_own_words_has_features_too(world: World) -> None:
    """Those of its abstract, without what begins and ends it."""
    own = [one for one in world.corpus.patents if one.patent_type == "D" and one.abstract and not one.features("en")]
    for patent in own:
        for language in LANGUAGES:
            for clause in features.clauses(patent, language):
                assert clause.text[1:] in (patent.abstract or {})[language]
                assert "本外观设计涉及" not in clause.text
                assert not clause.text.startswith("the design relates")


# --- What a picture shows -----------------------------------------------------------------------------------


def designs(world: World, product: str | None = None) -> list[Patent]:
    shown = [one for one in world.corpus.patents if one.patent_type == "D" and one.picture and one.features("en")]
    return [one for one in shown if one.picture and product in (None, one.picture.product)]


def test_a_picture_is_taken_for_the_design_most_like_it(world: World, phone: Patent) -> None:
    assert phone.picture
    for differing, design, classes in ((0, True, True), (8, True, True), (25, False, True), (128, False, False)):
        seen = phone.picture.hash ^ ((1 << differing) - 1) << 100
        found = comparison.product_of(world, world.corpus, Sight((seen,)))
        assert (found.design is not None) is design
        assert (found.classes == frozenset(phone.loc)) is classes
    assert comparison.product_of(world, world.corpus, None) == Product()


@pytest.mark.parametrize("product", ["phone", "lamp", "chair", "watch"])
def test_what_is_said_of_both_pictures_is_true_of_both(world: World, product: str) -> None:
    hides = world.service.values.first_view_hides
    found: set[str] = set()
    for design, patent in combined(designs(world, product)[:12], repeat=2):
        standing = features.standing(patent, "en", design, hides)
        shown = {clause.text: clause.shown for clause in features.clauses(patent, "en")}
        assert sorted(standing.all) == sorted(list(shown)[: features.MOST])
        for clause in standing.shared:
            assert _seen(patent, shown[clause])
            assert _seen(design, shown[clause])
        for clause in standing.apart:
            assert _seen(patent, shown[clause])
            assert not _seen(design, shown[clause])
        found |= {kind for kind in ("shared", "apart") if getattr(standing, kind)}
    assert found == {"shared", "apart"}


def _seen(patent: Patent, shown: Mapping[str, Any]) -> bool:
    assert patent.picture
    traits = drawings.traits(patent.picture.product, patent.picture.variation)
    return all(traits.get(name) in (one if isinstance(one, list | tuple) else (one,)) for name, one in shown.items())


def test_what_a_first_view_does_not_show_is_left_to_the_others(world: World) -> None:
    hides = world.service.values.first_view_hides
    left = set()
    for patent in designs(world, "phone"):
        standing = features.standing(patent, "en", patent, hides)
        judged = " ".join((*standing.shared, *standing.apart))
        assert "rear" not in judged
        assert "left side" not in judged
        left |= set(standing.elsewhere)
        assert set(features.standing(patent, "en", None, hides).elsewhere) == set(standing.elsewhere)
    assert {"two slender keys are arranged on the right side", "a key is provided on the left side"} < left


def test_of_another_product_and_of_an_unknown_picture_nothing_is_said(world: World) -> None:
    (lamp, *_), (chair, *_) = designs(world, "lamp"), designs(world, "chair")
    for design in (chair, None):
        standing = features.standing(lamp, "en", design, {})
        assert standing.open == lamp.features("en")[: features.MOST]


def test_every_word_of_what_a_first_view_hides_is_one_of_the_grammar(world: World) -> None:
    vocabulary = yaml.read(loader.SHIPPED / "corpus/vocabulary.yaml")
    for product, words in world.service.values.first_view_hides.items():
        said = str(vocabulary if product == "any" else vocabulary["products"][product])
        assert [word for word in words if word not in said] == []


# --- Where pictures differ ----------------------------------------------------------------------------------


REGIONS: Mapping[str, Callable[[float, float], bool]] = {
    "upper": lambda right, down: down < 0.2,
    "lower": lambda right, down: down > 0.8,
    "left": lambda right, down: right < 0.2,
    "right": lambda right, down: right > 0.8,
    "middle": lambda right, down: 0.4 < right < 0.6 and 0.4 < down < 0.6,
    "all": lambda right, down: True,
}


@pytest.mark.parametrize("place", REGIONS)
def test_a_region_is_named_by_where_bits_differ(place: str) -> None:
    inside = [spot is not None and REGIONS[place](*spot) for spot in pictures.places()]
    different = int("".join(str(int(one)) for one in inside), 2)
    assert different
    shown = int.from_bytes(bytes(range(100, 132)), "big")
    assert verdict.where(shown, shown ^ different) == place


def test_a_region_of_a_picture_is_where_its_bits_look() -> None:
    """A mark that is drawn into one corner of a drawing changes bits that look there."""
    bare = Image.new("L", (320, 320), "white")
    ImageDraw.Draw(bare).rectangle((10, 10, 309, 309), outline="black", width=6)
    for place, box in {"upper": (60, 40, 260, 70), "lower": (60, 250, 260, 280), "left": (40, 60, 70, 260)}.items():
        marked = bare.copy()
        ImageDraw.Draw(marked).rectangle(box, fill="black")
        assert verdict.where(pictures.difference_hash(bare), pictures.difference_hash(marked)) == place


@pytest.mark.parametrize(("bits", "amount"), [(0, "few"), (13, "few"), (14, "some"), (35, "some"), (36, "many")])
def test_how_much_differs_is_said_in_words(bits: int, amount: str) -> None:
    places = pictures.places()
    looking = [1 << (255 - number) for number, place in enumerate(places) if place is not None]
    assert verdict.how_much(0, sum(looking[:bits])) == amount


@given(st.integers(0, (1 << 256) - 1), st.integers(0, (1 << 256) - 1))
def test_the_region_is_the_same_from_both_sides(one: int, other: int) -> None:
    assert verdict.where(one, other) == verdict.where(other, one)


# --- The sentences of the documents -------------------------------------------------------------------------


def _with(texts: Mapping[str, Any], path: str, sentence: Any) -> Mapping[str, Any]:
    name, _, rest = path.partition("/")
    return {**texts, name: _with(texts[name], rest, sentence) if rest else sentence}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_sentences_fit(world: World, language: str) -> None:
    assert list(verdict.unfit_sentences(texts_of(world, language))) == []


@pytest.mark.parametrize(
    ("path", "sentence", "told"),
    [
        ("High/similar", ["{titel}"], "High/similar/0"),
        ("High/similar", [], "High/similar"),
        ("High/similar", "", "High/similar"),
        ("High/similar", ["fine", 7], "High/similar/1"),
        ("High/similar", ["{amount}"], "High/similar/0"),  # known, but not there
        ("Low/confusion/same_kind", ["{classes"], "Low/confusion/same_kind/0"),
        ("offices/US/name", "{0}", "offices/US/name"),
        ("status/valid", None, "status/valid"),
    ],
)
def test_a_sentence_that_cannot_be_filled_is_named(world: World, path: str, sentence: Any, told: str) -> None:
    assert list(verdict.unfit_sentences(_with(texts_of(world, "en"), path, sentence))) == [told]
