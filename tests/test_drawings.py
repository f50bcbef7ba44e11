"""Drawings: every product in every view, the same each time, different from one another, and quickly made."""

from collections.abc import Callable
from io import BytesIO
from time import perf_counter

import pytest
from PIL import Image

from emulator.behaviours.drawings import PRODUCTS, VIEWS, draw, jpeg, png
from emulator.behaviours.drawings.traits import Traits


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("view", range(len(VIEWS)))
def test_every_view_is_black_lines_on_a_white_ground(product: str, view: int) -> None:
    image = draw(product, 3, view, size=240)
    tones = image.histogram()
    assert (image.mode, image.size) == ("L", (240, 240))
    assert 0.005 < sum(tones[:200]) / 240**2 < 0.3
    assert all(image.getpixel(corner) == 255 for corner in ((0, 0), (239, 0), (0, 239), (239, 239)))


@pytest.mark.parametrize("product", PRODUCTS)
def test_same_arguments_give_the_same_pixels(product: str) -> None:
    assert draw(product, 7, 1).tobytes() == draw(product, 7, 1).tobytes()


@pytest.mark.parametrize("product", PRODUCTS)
def test_variations_differ(product: str) -> None:
    assert len({draw(product, variation, 0, size=240).tobytes() for variation in range(8)}) == 8


@pytest.mark.parametrize("product", PRODUCTS)
def test_views_differ(product: str) -> None:
    assert len({draw(product, 5, view, size=240).tobytes() for view in (0, 1, 2, 4)}) >= 3


def test_views_begin_again_after_the_last() -> None:
    assert draw("cup", 1, len(VIEWS)).tobytes() == draw("cup", 1, 0).tobytes()


def test_unknown_product_is_refused() -> None:
    with pytest.raises(KeyError):
        draw("unicorn", 1, 0)


@pytest.mark.parametrize(("write", "format_"), [(png, "PNG"), (jpeg, "JPEG")])
def test_files_are_what_they_say(write: Callable[..., bytes], format_: str) -> None:
    with Image.open(BytesIO(write("lamp", 2, 0, size=300))) as image:
        assert (image.format, image.size) == (format_, (300, 300))


def test_a_drawing_takes_a_few_milliseconds() -> None:
    draw("float", 1, 0)
    start = perf_counter()
    for product in PRODUCTS:
        draw(product, 1, 0)
    assert (perf_counter() - start) / len(PRODUCTS) < 0.1  # ten times what it takes, for slow machines


def test_traits_do_not_depend_on_the_order_of_questions() -> None:
    first, second = Traits("cup", 1), Traits("cup", 1)
    assert (first.between("a", 0, 1), first.between("b", 0, 1)) == (
        second.between("a", 0, 1),
        Traits("cup", 1).between("b", 0, 1),
    )
    assert Traits("cup", 2).between("a", 0, 1) != first.between("a", 0, 1)


def test_traits_stay_within_their_bounds() -> None:
    traits = [Traits("cup", variation) for variation in range(200)]
    assert {trait.count("legs", 3, 5) for trait in traits} == {3, 4, 5}
    assert {trait.pick("foot", "ab") for trait in traits} == {"a", "b"}
    assert all(0.2 <= trait.between("width", 0.2, 0.4) <= 0.4 for trait in traits)
