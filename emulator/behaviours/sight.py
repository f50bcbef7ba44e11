"""How a drawing looks, as 256 bits that hardly change when the picture is resized, recompressed, padded, greyed or
blurred, and the other ways in which a picture may have been cut or framed.

Soft ink inside the subject's own bounds is compared with its neighbours, and a few bits tell the proportions. It knows
tones of grey only: neither files nor colours nor patents.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from math import log2
from typing import NamedTuple

from PIL import Image, ImageChops, ImageFilter

from emulator.behaviours import ground

SIDE = 256  # pixels of the longer side of what is looked at
SOFTNESS = 1.5  # radius of the blur in those pixels: thin, blurred and coarse lines become alike
ROOM = 48  # pixels around the picture, for what may have been cut off
TOUCH = 0.5  # pixels: a subject that comes nearer to an edge was cut there
NEAR = 0.78  # of that side: a subject that is smaller is looked at from nearer
GRID = 11  # 11 × 11 places, each compared with the next to the right and the next below
STEP = 3  # of 255: places whose ink differs by less are equal, so that noise flips no bit
PROPORTIONS = 256 - 2 * GRID * (GRID - 1)  # bits that are left for width to height, between 1 to 4 and 4 to 1
EDGE = 0.4  # share of the ink of a line at which the subject begins
TURN = 2  # degrees by which a picture may lie askew
STRETCH = 4  # steps of the proportions, a third wider or narrower: those of a picture squeezed into another format
LOST = (0.007, 0.014, 0.03, 0.05, 0.07, 0.09, 0.11)  # shares of the subject that one side may have lost
LOST_TWICE = (0.0, 0.012, 0.03, 0.055, 0.08, 0.11)  # the same where two sides were cut, each by its own share

Box = tuple[float, float, float, float]
Sides = tuple[float, float, float, float]  # left, top, right, bottom


NOTHING = 2**256 - 1  # the hash of an empty sheet, which is like no drawing: they have a quarter of their bits


class _Look(NamedTuple):
    """A picture at the size that is looked at: its ink with room around it, and where the subject lies on that."""

    picture: Image.Image
    ink: Image.Image
    bounds: Box | None

    def plain(self) -> int:
        return NOTHING if self.bounds is None else _hash(self.ink, self.bounds)


def plain_hash(grey: Image.Image) -> int:
    """The hash of a picture taken as it is: whole and without a frame."""
    return _look(grey).plain()


def hashes(grey: Image.Image) -> tuple[int, ...]:
    """The plain hash first, then those of what the picture may have been before it was cut, framed, turned or lit.

    Five where the subject lies free on its ground; about 100 where it touches all four edges.
    """
    look = whole = _look(grey)
    inner = ground.within_sheet(grey, SIDE)
    if inner is None:
        inner = ground.within_frame(look.picture)
    if inner is not None:
        look = _look(inner)
    evened = ground.evened(grey)
    lit = () if evened is None else (_look(evened).plain(),)
    others = tuple(_wholes(look))
    if look.bounds is not None and not others:
        others = (*_turned(look), *_stretched(look.plain()))
    return tuple(dict.fromkeys((whole.plain(), look.plain(), *others, *lit)))


def places() -> tuple[tuple[float, float] | None, ...]:
    """Between which places each bit compares, as shares of the subject; the proportions look at no one place."""
    half = [(place + 0.5) / GRID for place in range(GRID)]
    between = [place / GRID for place in range(1, GRID)]
    across, down = [(x, y) for y in half for x in between], [(x, y) for y in between for x in half]
    return (*across, *down, *[None] * PROPORTIONS)


def _wholes(look: _Look) -> Iterator[int]:
    """What the subject may look like whole, where it touches the edges."""
    if look.bounds is None:
        return
    right_edge, bottom_edge = ROOM + look.picture.width, ROOM + look.picture.height
    left, top, right, bottom = look.bounds
    cut = (left < ROOM + TOUCH, top < ROOM + TOUCH, right > right_edge - TOUCH, bottom > bottom_edge - TOUCH)
    left, top = ROOM - 1 if cut[0] else left, ROOM - 1 if cut[1] else top
    right, bottom = right_edge + 1 if cut[2] else right, bottom_edge + 1 if cut[3] else bottom
    for lost in _losses(cut) if any(cut) else ():
        width, height = (right - left) / (1 - lost[0] - lost[2]), (bottom - top) / (1 - lost[1] - lost[3])
        yield _hash(
            look.ink,
            (left - lost[0] * width, top - lost[1] * height, right + lost[2] * width, bottom + lost[3] * height),
        )


def _turned(look: _Look) -> Iterator[int]:
    """What the subject looks like straight, if it was turned a little to either side."""
    for angle in (TURN, -TURN):
        ink = look.ink.rotate(angle, Image.Resampling.BILINEAR)
        yield _Look(look.picture, ink, _bounds(ink)).plain()


def _stretched(plain: int) -> Iterator[int]:
    """The same subject a little wider, and a little narrower: nothing else changes in its hash."""
    level = (plain & ((1 << PROPORTIONS) - 1)).bit_count()
    for other in (level - STRETCH, level + STRETCH):
        yield plain >> PROPORTIONS << PROPORTIONS | ((1 << min(PROPORTIONS, max(0, other))) - 1)


def _losses(cut: Sequence[bool]) -> Iterator[Sides]:
    """What the sides that were cut may have lost: any shares of one or two, the same share of some of three or four."""
    places = [side for side in range(4) if cut[side]]
    yield (0.0, 0.0, 0.0, 0.0)
    if len(places) == 2:
        shares: Iterator[tuple[float, ...]] = product(LOST_TWICE, repeat=2)
    else:
        some = [chosen for chosen in product((0, 1), repeat=len(places)) if any(chosen)]
        shares = (tuple(one * share for one in chosen) for chosen in some for share in LOST)
    for values in shares:
        lost = dict(zip(places, values, strict=True))
        yield lost.get(0, 0.0), lost.get(1, 0.0), lost.get(2, 0.0), lost.get(3, 0.0)


def _look(grey: Image.Image) -> _Look:
    """A subject with much empty ground around it is looked at from nearer."""
    picture = _sized(grey, SIDE / max(grey.size))
    ink = _ink(picture)
    bounds = _bounds(ink)
    longer = max(bounds[2] - bounds[0], bounds[3] - bounds[1]) if bounds else SIDE
    if bounds is None or longer > NEAR * SIDE:
        return _Look(picture, ink, bounds)
    factor = max(grey.size) / SIDE
    left, top, right, bottom = (round((bound - ROOM) * factor) for bound in bounds)
    air = round(0.11 * longer * factor)
    box = max(0, left - air), max(0, top - air), min(grey.width, right + air), min(grey.height, bottom + air)
    picture = _sized(grey.crop(box), 0.82 * SIDE / (longer * factor))
    ink = _ink(picture)
    return _Look(picture, ink, _bounds(ink))


def _sized(grey: Image.Image, factor: float) -> Image.Image:
    size = max(1, round(grey.width * factor)), max(1, round(grey.height * factor))
    return grey.resize(size, Image.Resampling.BILINEAR if factor < 1 else Image.Resampling.BICUBIC)


def _ink(picture: Image.Image) -> Image.Image:
    """How far each place is from the ground, softened, with room around it, as if the darkest lines were black."""
    distance = ImageChops.difference(picture, Image.new("L", picture.size, ground.tone(picture)))
    sheet = Image.new("L", (picture.width + 2 * ROOM, picture.height + 2 * ROOM))
    sheet.paste(distance, (ROOM, ROOM))
    soft = sheet.filter(ImageFilter.GaussianBlur(SOFTNESS))
    line = _line(soft, picture.width * picture.height)
    return soft.point([min(255, round(0.8 * 255 * tone / line)) for tone in range(256)])


def _line(soft: Image.Image, area: int) -> int:
    """The tone that the darkest hundredth of the picture reaches."""
    left = area / 100
    for tone, count in reversed(list(enumerate(soft.histogram()))):
        left -= count
        if left <= 0:
            return max(4, tone)
    return 255


def _bounds(ink: Image.Image) -> Box | None:
    """Where the subject begins and ends on the sheet, to fractions of a pixel; None for an empty one."""
    least = EDGE * 0.8 * 255
    box = ink.point([255 if tone > least else 0 for tone in range(256)]).getbbox()
    if box is None:
        return None
    (left, top, right, bottom), (width, height) = box, ink.size

    def beyond(inside: tuple[int, int, int, int], outside: tuple[int, int, int, int]) -> float:
        """How far outside the middle of the first line inside the ink rises above the least."""
        tone, before = (max(ink.crop(line).tobytes()) for line in (inside, outside))
        return 0.5 - (tone - least) / (tone - before)

    return (
        left + beyond((left, 0, left + 1, height), (left - 1, 0, left, height)),
        top + beyond((0, top, width, top + 1), (0, top - 1, width, top)),
        width - (width - right + beyond((right - 1, 0, right, height), (right, 0, right + 1, height))),
        height - (height - bottom + beyond((0, bottom - 1, width, bottom), (0, bottom, width, bottom + 1))),
    )


def _hash(ink: Image.Image, box: Box) -> int:
    """Ink of 11 × 11 places against their neighbours; then how wide the box is, one bit more for each step."""
    left, top, right, bottom = box
    seen = (max(0.0, left), max(0.0, top), min(float(ink.width), right), min(float(ink.height), bottom))
    places = ink.resize((GRID, GRID), Image.Resampling.BILINEAR, box=seen).tobytes()
    bits = 0
    for row in range(0, GRID * GRID, GRID):
        for place in range(row, row + GRID - 1):
            bits = bits << 1 | (places[place] > places[place + 1] + STEP)
    for place in range(GRID * (GRID - 1)):
        bits = bits << 1 | (places[place] > places[place + GRID] + STEP)
    proportions: int = (1 << _level(right - left, bottom - top)) - 1
    return bits << PROPORTIONS | proportions


def _level(width: float, height: float) -> int:
    octaves: float = log2(max(width, 1e-3) / max(height, 1e-3))
    level = round((octaves + 2) / 4 * PROPORTIONS)
    return min(PROPORTIONS, max(0, level))
