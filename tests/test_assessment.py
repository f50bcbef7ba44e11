"""What a report finds out about an invention: figures that follow from text, search, maturity and day."""

import pytest

from emulator.behaviours import assessment, similarity
from emulator.behaviours.assessment import Assessment, Disclosure
from emulator.behaviours.world import World
from emulator.corpus.collection import Corpus
from emulator.spec.models import Service
from tests.test_similarity import TEXTS

FAR = "A zither whose spindle is turned by a crank; resin keeps the strings from slipping."


def assess(patents: Corpus, service: Service, text: str, maturity: int = 5, year: int = 2026) -> Assessment:
    found = similarity.similar(patents, text, 50)
    return assessment.assessed(patents, Disclosure(text, maturity, year), found, service.values.evaluation_weights)


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
