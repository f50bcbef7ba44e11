"""Searching with a changed copy of a fixture's picture: its patent comes first, with a score near 1.

The table is measured over 160 pictures of the corpus and over two variations of every product.
"""

from functools import cache

import pytest
from PIL import Image

from emulator.behaviours.drawings import PRODUCTS, draw
from emulator.behaviours.pictures import difference_hash, likeness, seen
from emulator.behaviours.world import World
from emulator.corpus.collection import Corpus
from emulator.corpus.patents import Drawing
from tests.picture_changes import CHANGES, PAPERS, bare, cropped, nearest_likeness

drawn = cache(draw)


def pictures(corpus: Corpus) -> list[Drawing]:
    """Every picture of the corpus once, a few hundred of them."""
    return list({picture.hash: picture for picture in corpus.shown}.values())[:500]


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_copy_finds_its_patent_first(world: World, name: str) -> None:
    change, least, share = CHANGES[name]
    shown = pictures(world.corpus)
    step = max(1, len(shown) // 160)
    scores, first = [], 0
    for picture in shown[::step][:160]:
        hashes = seen(change(drawn(picture.product, picture.variation, 0))).hashes
        own = nearest_likeness(picture.hash, hashes)
        scores.append(own)
        first += all(nearest_likeness(other.hash, hashes) <= own for other in shown)
    assert len(scores) >= 150
    assert min(scores) >= least
    assert first >= share * len(scores)


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_copy_of_any_product_is_alike(name: str) -> None:
    change, least, _ = CHANGES[name]
    for product in PRODUCTS:
        for variation in (3, 14):
            original = drawn(product, variation, 0)
            score = nearest_likeness(difference_hash(original), seen(change(original)).hashes)
            assert score >= least, (product, variation)


@pytest.mark.parametrize("name", PAPERS)
def test_paper_and_light_do_not_matter_for_any_product(name: str) -> None:
    for product in PRODUCTS:
        original = drawn(product, 3, 0)
        assert nearest_likeness(difference_hash(original), seen(PAPERS[name](original)).hashes) > 0.98, product


def test_unrelated_pictures_score_clearly_lower(world: World) -> None:
    """Even with a hundred readings of a cut picture, strangers stay far below copies."""
    shown = pictures(world.corpus)
    for product in ("chair", "car", "santa"):
        hashes = seen(cropped(0.1, 0.1, 0.1, 0.1)(drawn(product, 3, 0))).hashes
        others = sorted(nearest_likeness(picture.hash, hashes) for picture in shown if picture.product != product)
        assert others[len(others) // 2] < 0.5
        assert others[len(others) * 95 // 100] < 0.7


def test_a_free_subject_has_few_readings_and_a_cut_one_some() -> None:
    lamp = drawn("lamp", 3, 0)
    assert seen(lamp).hashes[0] == difference_hash(lamp)
    assert len(seen(lamp).hashes) == 5
    one_side = cropped(top=0.12)(lamp)
    assert 3 < len(seen(one_side).hashes) <= 10
    assert len(seen(bare(lamp)).hashes) <= 120


def test_a_reading_undoes_the_cut() -> None:
    """The hash as it is would miss by far what a reading finds."""
    chair = drawn("chair", 3, 0)
    cut = cropped(left=0.09)(bare(chair))
    own = difference_hash(chair)
    assert likeness(own, difference_hash(cut)) < 0.8
    assert nearest_likeness(own, seen(cut).hashes) > 0.9


def test_what_is_drawn_white_on_black_is_the_same() -> None:
    kettle = drawn("kettle", 3, 0)
    negative = Image.frombytes("L", kettle.size, bytes(255 - tone for tone in kettle.tobytes()))
    assert nearest_likeness(difference_hash(kettle), seen(negative).hashes) > 0.98


@pytest.mark.parametrize("tone", [0, 128, 255])
def test_an_empty_sheet_is_like_no_drawing(world: World, tone: int) -> None:
    (only,) = seen(Image.new("L", (200, 100), tone)).hashes
    assert max(likeness(picture.hash, only) for picture in pictures(world.corpus)) < 0.4
