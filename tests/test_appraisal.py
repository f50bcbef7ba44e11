"""What a patent is worth: figures that follow from its record, its family and the day."""

import math
from dataclasses import replace
from datetime import date

import pytest

from emulator.behaviours import appraisal
from emulator.behaviours.appraisal import Appraisal
from emulator.behaviours.world import World
from emulator.corpus.collection import Corpus
from emulator.corpus.patents import Patent
from emulator.spec.models import Service

DAY = date(2026, 1, 1)


@pytest.fixture
def patent(patents: Corpus) -> Patent:
    found = patents.by_number("US11205304B2")
    assert found is not None
    return found


def with_claims(patent: Patent, claims: str) -> Patent:
    return replace(patent, told=replace(patent.told, own={**patent.told.own, "claims": {"en": claims}}))


def appraise(patents: Corpus, service: Service, patent: Patent, day: date = DAY) -> Appraisal:
    values = service.values
    return appraisal.appraised(patents.overlaid([patent]), patent, day, "en", values.valuation_rules, values.nearness)


def test_the_estimate_is_the_base_times_its_factors(patents: Corpus, service: Service, patent: Patent) -> None:
    found, rules = appraise(patents, service, patent), service.values.valuation_rules
    assert found.base == rules.base["A"]
    assert found.dollars == pytest.approx(found.base * math.prod(one.factor for one in found.factors), abs=50)
    assert found.low == pytest.approx(found.dollars * (1 - rules.spread), abs=50)
    assert found.high == pytest.approx(found.dollars * (1 + rules.spread), abs=50)


def test_a_patent_loses_value_as_it_grows_old(patents: Corpus, service: Service, patent: Patent) -> None:
    values = [appraise(patents, service, patent, date(year, 1, 1)).dollars for year in (2023, 2030, 2040, 2043)]
    assert values == sorted(values, reverse=True)
    assert values[0] > values[-1] > 0
    assert appraise(patents, service, patent, date(2043, 1, 1)).life.left == 0


def test_what_makes_a_patent_dearer(patents: Corpus, service: Service, patent: Patent) -> None:
    value = appraise(patents, service, patent).dollars
    alone, lapsed = replace(patent, family_id=-1), replace(patent, simple_legal_status=(0,), legal_status=(16,))
    claims = "\n".join(f"{number}. A device, wherein part {number} turns." for number in range(1, 11))
    assert appraise(patents, service, alone).dollars < value
    assert appraise(patents, service, lapsed).dollars < value / 5
    assert appraise(patents, service, with_claims(patent, claims)).dollars > value


@pytest.mark.parametrize("claims", ["1. One.\n2. Two.", "1.一种。\n2.根据。", "【請求項1】一。\n【請求項2】二。"])
def test_claims_are_counted_in_every_language(patents: Corpus, service: Service, patent: Patent, claims: str) -> None:
    found = appraise(patents, service, with_claims(patent, claims))
    assert next(one.told["claims"] for one in found.factors if one.name == "claims") == 2


def test_comparable_patents_are_granted_in_force_and_of_other_families(
    patents: Corpus, service: Service, patent: Patent
) -> None:
    others = appraise(patents, service, patent).comparables
    assert others
    assert [one.nearness for one in others] == sorted((one.nearness for one in others), reverse=True)
    for one in others:
        assert appraisal.may_be_valued(one.patent)
        assert 1 in one.patent.simple_legal_status
        assert one.patent.family_id != patent.family_id
        assert {ipc[:4] for ipc in one.patent.ipc} & {ipc[:4] for ipc in patent.ipc}


def test_a_patent_without_a_class_has_nothing_comparable(patents: Corpus, service: Service, patent: Patent) -> None:
    assert appraise(patents, service, replace(patent, ipc=())).comparables == ()


def test_every_patent_that_may_be_valued_has_all_its_sentences(shipped: World, service: Service) -> None:
    corpus = shipped.corpus
    for patent in filter(appraisal.may_be_valued, corpus.patents):
        values = service.values
        found = appraisal.appraised(corpus, patent, DAY, "cn", values.valuation_rules, values.nearness)
        assert all(0 <= one.value <= 100 for one in found.dimensions)
        for words in shipped.texts["valuation"].values():
            assert all(words["value"]["sentences"][one.name].format(**one.told) for one in found.dimensions)
            assert all(words["estimate"]["sentences"][one.name].format(**one.told) for one in found.factors)
            assert all(code in words["legal"]["codes"] for code in patent.legal_status)


@pytest.mark.parametrize("apdt", [20200229, 20210231, 20211399, 10000100])
def test_a_day_that_is_in_no_calendar_does_no_harm(
    patents: Corpus, service: Service, patent: Patent, apdt: int
) -> None:
    assert 0 <= appraise(patents, service, replace(patent, apdt=apdt)).life.left <= 20
