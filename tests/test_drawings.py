"""Drawings: every product in every view, the same each time, different from one another, and quickly made."""

import statistics
from collections.abc import Callable
from io import BytesIO
from math import cos, radians
from time import perf_counter

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from contract_tests.patents import GRAMMAR
from emulator.behaviours.drawings import POINTS_LEFT, PRODUCTS, SEEN, VIEWS, angles, draw, jpeg, png, traits
from emulator.behaviours.drawings.camera import Camera
from emulator.behaviours.drawings.paper import render
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
    many = [Traits("cup", variation) for variation in range(200)]
    assert {trait.count("legs", 3, 5) for trait in many} == {3, 4, 5}
    assert {trait.pick("foot", "ab") for trait in many} == {"a", "b"}
    assert all(0.2 <= trait.between("width", 0.2, 0.4) <= 0.4 for trait in many)


def silhouette(product: str, variation: int, yaw: float) -> Image.Image:
    """What the product hides of the sheet from straight ahead, white on black."""
    sheet = render(PRODUCTS[product](Traits(product, variation)), Camera(yaw, 0), 240)
    inked = sheet.point([0 if tone < 200 else 255 for tone in range(256)])
    ImageDraw.floodfill(inked, (0, 0), 128)
    return inked.point([0 if tone == 128 else 255 for tone in range(256)])


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("yaw", [0, 90])
def test_opposite_views_have_mirrored_outlines(product: str, yaw: int) -> None:
    """Front and rear, left and right show the same object."""
    for variation in (1, 2, 5):
        here = silhouette(product, variation, yaw)
        there = silhouette(product, variation, yaw + 180).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        apart = ImageChops.difference(here, there).filter(ImageFilter.MinFilter(5))  # a rim of two pixels is rounding
        assert apart.getbbox() is None, variation


@pytest.mark.parametrize("product", PRODUCTS)
def test_traits_are_named_alike_and_differ(product: str) -> None:
    told = [traits(product, variation) for variation in range(80)]
    assert told == [traits(product, variation) for variation in range(80)]
    assert all(trait and form for one in told for trait, form in one.items())
    always = set.intersection(*(set(one) for one in told))
    assert always
    for name in set.union(*(set(one) for one in told)):
        assert len({one.get(name) for one in told}) > 1, name


def test_every_product_tells_its_traits() -> None:
    assert list(SEEN) == list(PRODUCTS)
    with pytest.raises(KeyError):
        traits("unicorn", 1)


def shape(product: str, variation: int) -> float:
    """Width to height of the outline from straight ahead."""
    left, top, right, bottom = silhouette(product, variation, 0).getbbox() or (0, 0, 1, 1)
    return (right - left) / (bottom - top)


@pytest.mark.parametrize(
    ("product", "trait", "wide", "narrow"),
    [
        ("tablet", "position", "landscape", "portrait"),
        ("speaker", "shape", "wide", "upright"),
        ("vacuum", "kind", "robot", "stick"),
        ("fan", "stand", "desk", "floor"),
        ("cup", "saucer", "yes", "no"),
        ("sofa", "seats", "three", "one"),
        ("plug", "shape", "wide", "upright"),
        ("drone", "skids", "no", "yes"),
    ],
)
def test_a_trait_is_what_the_picture_shows(product: str, trait: str, wide: str, narrow: str) -> None:
    """The outlines of one form are wider on the whole than those of the other."""
    shapes: dict[str, list[float]] = {wide: [], narrow: []}
    for variation in range(40):
        form = traits(product, variation).get(trait)
        if form in shapes:
            shapes[form].append(shape(product, variation))
    assert statistics.median(shapes[wide]) > 1.15 * statistics.median(shapes[narrow])
    assert min(map(len, shapes.values())) > 1


@pytest.mark.parametrize("product", PRODUCTS)
def test_views_are_called_what_they_show(product: str) -> None:
    """A product that points to the left has its front where others have their left side."""
    front = 90 if product in POINTS_LEFT else 0
    called = [view["en"] for view in GRAMMAR.sentences.figures(product)]
    assert called == [f"{side(yaw - front, pitch)} view" for yaw, pitch in angles(product)]


def side(turned: int, pitch: int) -> str:
    if pitch == 90:
        return "top"
    if pitch:
        return "perspective" if cos(radians(turned)) > 0 else "rear perspective"
    return {0: "front", 90: "left side", 180: "rear", 270: "right side"}[turned % 360]
