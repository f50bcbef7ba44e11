"""What a report finds out about an invention: figures that follow from text, search, maturity and day."""

import pytest

from emulator.behaviours import assessment, field, similarity
from emulator.behaviours.assessment import Assessment, Disclosure
from emulator.behaviours.world import World
from emulator.corpus.collection import Corpus
from emulator.spec.models import Service
from tests.test_similarity import TEXTS

FAR = "A zither whose spindle is turned by a crank; resin keeps the strings from slipping."


def assess(patents: Corpus, service: Service, text: str, maturity: int = 5, year: int = 2026) -> Assessment:
    found = field.near(patents, text, service.values.nearness)
    return assessment.assessed(patents, Disclosure(text, maturity, year), found, service.values)


def test_the_nearer_the_similar_patents_the_lower_the_scores(patents: Corpus, service: Service) -> None:
    near, far = (assess(patents, service, text) for text in (TEXTS["en"], FAR))
    assert near.dimensions["innovation"] < far.dimensions["innovation"]
    values = {index.name: index.value for index in near.indices}
    closest = similarity.similar(patents, TEXTS["en"], 1)[0][0]
    assert values["novelty"] == round(100 * (1 - closest), 1)


def test_a_dimension_is_the_weighted_mean_of_its_indices(patents: Corpus, service: Service) -> None:
    assessed, weights = assess(patents, service, TEXTS["cn"]), service.values.evaluation_weights
    for dimension, score in assessed.dimensions.items():
        shares = weights[dimension]
        own = {index.name: index.value for index in assessed.indices if index.dimension == dimension}
        assert set(own) == set(shares)
        assert score == pytest.approx(sum(own[name] * shares[name] for name in own) / sum(shares.values()), abs=0.051)


def test_maturity_moves_transformation_and_nothing_else(patents: Corpus, service: Service) -> None:
    low, high = (assess(patents, service, TEXTS["en"], maturity) for maturity in (1, 10))
    assert low.dimensions["transformation"] < high.dimensions["transformation"]
    assert low.dimensions["innovation"] == high.dimensions["innovation"]


def test_activity_counts_from_the_day_of_the_report(patents: Corpus, service: Service) -> None:
    indices = [assess(patents, service, TEXTS["en"], year=year).indices for year in (2026, 2050)]
    activity = [next(one.value for one in some if one.name == "market_activity") for some in indices]
    assert activity[0] > activity[1] == 0


def test_where_nothing_is_found_every_index_has_its_sentence(patents: Corpus, service: Service) -> None:
    assessed = assess(patents, service, "zzzyx")
    assert {one.case for one in assessed.indices} == {"none", "usual", "short"}
    assert all(0 <= one.value <= 100 for one in assessed.indices)
    assert [one.name for one in assessed.findings][-1] == "short"


@pytest.mark.parametrize("text", ["qwerty asdf zxcv", "", "лампа с датчиком", "qwerty asdf battery zxcv uiop hjkl"])
def test_gibberish_is_not_scored_and_no_feature_named(patents: Corpus, service: Service, text: str) -> None:
    assessed = assess(patents, service, text)
    assert set(assessed.grades.values()) == {"unsure"}
    assert max(*assessed.dimensions.values(), assessed.overall) <= service.values.evaluation_rules.unsure
    assert [one.name for one in assessed.findings] == ["unsure", "tried", "short"]


def test_what_shares_everyday_words_only_is_not_similar(patents: Corpus, service: Service) -> None:
    floor = service.values.nearness.floor
    plain = similarity.similar(patents, TEXTS["en"], 100)
    near = field.near(patents, TEXTS["en"], service.values.nearness)
    assert near == [one for one in plain if one[0] >= floor]
    assert 0 < len(near) < len(plain)


def test_what_is_far_from_everything_leaves_room_for_claims(patents: Corpus, service: Service) -> None:
    found = field.near(patents, TEXTS["en"], service.values.nearness)[:20]
    far = [(service.values.nearness.floor + 0.01, patent) for _, patent in found]
    crowded = [(0.8, patent) for _, patent in found]
    assessed = [
        assessment.assessed(patents, Disclosure(TEXTS["en"] * 20, 5, 2026), some, service.values)
        for some in (far, crowded)
    ]
    assert [one.grades["patentability"] for one in assessed] == ["high", "medium"]
    assert [[finding.name for finding in one.findings][1] for one in assessed] == ["closest_far", "closest_near"]


@pytest.mark.parametrize("overall", [0, 44.9, 45, 66, 69.9, 70, 100])
def test_advice_and_grade_go_by_the_same_steps(service: Service, overall: float) -> None:
    rules = service.values.evaluation_rules
    advice = {"low": "rework", "medium": "sharpen", "high": "file"}[field.reached(rules.grades, overall)]
    assert advice == ("file" if overall >= 70 else "sharpen" if overall >= 45 else "rework")


@pytest.mark.parametrize(("text", "length"), [("Two words", 2), ("四个汉字", 2), ("USB 接口", 2), ("", 0)])
def test_two_chinese_characters_count_as_a_word(text: str, length: int) -> None:
    assert Disclosure(text, 1, 2026).length == length


@pytest.mark.parametrize("text", [*TEXTS.values(), FAR, FAR * 20, "zzzyx", "心", TEXTS["cn"] * 20])
@pytest.mark.parametrize("maturity", [1, 5, 9])
def test_every_index_and_finding_has_its_sentence(
    patents: Corpus, shipped: World, service: Service, text: str, maturity: int
) -> None:
    assessed = assess(patents, service, text, maturity)
    for words in shipped.texts["evaluation"].values():
        sentences = [words["indices"]["sentences"][one.name][one.case].format(**one.told) for one in assessed.indices]
        sentences += [words["conclusions"]["findings"][one.name].format(**one.told) for one in assessed.findings]
        assert all(sentences)
