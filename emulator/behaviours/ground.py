"""What lies around a subject in a picture: the tone of its ground, a frame, a sheet that lies on other paper, and light
that falls unevenly.

It knows tones of grey only, and nothing of what the subject is.
"""

from collections.abc import Sequence

from PIL import Image, ImageChops

BAND = 0.06  # of the longer side: the strip along the edges that tells the ground
NEAR = 6  # of 255: tones that differ by no more are one tone
FRAME = 0.05  # of the longer side: how deep a frame reaches at most
SHEET = 0.8  # share of the strip along its edges that has the tone of a sheet
FINE = 9  # places a side at which uneven light is worked out
INSET = 2  # pixels at the edge of a sheet that belong to both papers


def tone(picture: Image.Image) -> int:
    """The commonest tone along the edges, give or take a few."""
    return _commonest(_edge(picture))


def within_frame(picture: Image.Image) -> Image.Image | None:
    """What lies within four straight lines along the edges; None where there are none."""
    dark = _apart(picture, tone(picture), 60)
    width, height = picture.size
    reach = max(3, round(FRAME * max(width, height)))
    columns, rows = _profiles(dark)
    depths = [_depth(profile[:reach]) for profile in (columns, rows, columns[::-1], rows[::-1])]
    left, top, right, bottom = (depth + 1 for depth in depths)
    if not all(depths) or left + right >= width or top + bottom >= height:
        return None
    return picture.crop((left, top, width - right, height - bottom))


def within_sheet(grey: Image.Image, side: int) -> Image.Image | None:
    """The sheet that lies on paper of another tone; None where there is none. It is looked for at `side` pixels."""
    factor = side / max(grey.size)
    size = max(1, round(grey.width * factor)), max(1, round(grey.height * factor))
    picture = grey.resize(size, Image.Resampling.BILINEAR)
    paper = tone(picture)
    box = _apart(picture, paper, NEAR).getbbox()
    if box is None:
        return None
    box = box[0] + INSET, box[1] + INSET, box[2] - INSET, box[3] - INSET
    if min(box[2] - box[0], box[3] - box[1]) < side // 8:
        return None
    counts = _edge(picture.crop(box))
    sheet = _commonest(counts)
    if abs(sheet - paper) <= NEAR or sum(counts[max(0, sheet - NEAR) : sheet + NEAR + 1]) < SHEET * sum(counts):
        return None
    return grey.crop((round(box[0] / factor), round(box[1] / factor), round(box[2] / factor), round(box[3] / factor)))


def evened(grey: Image.Image) -> Image.Image | None:
    """The picture as under even light on white paper; None where its light is even enough.

    The ground is measured in the corners and in the middle of each edge; between them it changes smoothly.
    """
    across, down = ((0, size // 2, size) for size in grey.size)
    half = max(1, round(BAND * max(grey.size) / 2))
    tones = [[_commonest(_patch(grey, x, y, half).histogram()) for x in across] for y in down]
    around = [tones[row][column] for row in range(3) for column in range(3) if (row, column) != (1, 1)]
    if max(around) - min(around) <= NEAR:
        return None
    corners = tones[0][0] + tones[0][2] + tones[2][0] + tones[2][2]
    edges = tones[0][1] + tones[1][0] + tones[1][2] + tones[2][1]
    tones[1][1] = max(0, min(255, round(edges / 2 - corners / 4)))  # as on a surface of the second degree
    surface = bytes(_between(tones, x / (FINE - 1), y / (FINE - 1)) for y in range(FINE) for x in range(FINE))
    light = Image.frombytes("L", (FINE, FINE), surface)
    light = light.resize(grey.size, Image.Resampling.BILINEAR, box=(0.5, 0.5, FINE - 0.5, FINE - 0.5))
    return ImageChops.invert(ImageChops.difference(grey, light))


def _between(tones: Sequence[Sequence[int]], x: float, y: float) -> int:
    """The tone at a place, from 0 to 1 each way, of the parabolas through three times three tones."""
    across, down = (((1 - t) * (1 - 2 * t), 4 * t * (1 - t), t * (2 * t - 1)) for t in (x, y))
    value = sum(tones[row][column] * down[row] * across[column] for row in range(3) for column in range(3))
    return max(0, min(255, round(value)))


def _patch(grey: Image.Image, x: int, y: int, half: int) -> Image.Image:
    """A square around a place, moved inside the picture."""
    left = min(max(0, x - half), max(0, grey.width - 2 * half))
    top = min(max(0, y - half), max(0, grey.height - 2 * half))
    return grey.crop((left, top, min(grey.width, left + 2 * half), min(grey.height, top + 2 * half)))


def _edge(picture: Image.Image) -> list[int]:
    """How often each tone is found along the edges."""
    width, height = picture.size
    band = max(2, round(BAND * max(width, height)))
    strips = (
        (0, 0, width, band),
        (0, height - band, width, height),
        (0, 0, band, height),
        (width - band, 0, width, height),
    )
    return [sum(tones) for tones in zip(*(picture.crop(strip).histogram() for strip in strips), strict=True)]


def _commonest(counts: Sequence[int]) -> int:
    near = [sum(counts[max(0, tone - NEAR) : tone + NEAR + 1]) for tone in range(256)]
    commonest = near.index(max(near))
    tones = range(max(0, commonest - NEAR), min(256, commonest + NEAR + 1))
    middle: float = sum(tone * counts[tone] for tone in tones) / max(1, sum(counts[tone] for tone in tones))
    return round(middle)


def _apart(picture: Image.Image, paper: int, by: int) -> Image.Image:
    """White where a picture is further than that from a tone, black elsewhere."""
    distance = ImageChops.difference(picture, Image.new("L", picture.size, paper))
    return distance.point([255 if one > by else 0 for one in range(256)])


def _profiles(dark: Image.Image) -> tuple[list[float], list[float]]:
    """Which share of each column, and of each row, is white."""
    width, height, tones = *dark.size, dark.tobytes()
    columns = [sum(tones[column::width]) / 255 / height for column in range(width)]
    rows = [sum(tones[row * width : (row + 1) * width]) / 255 / width for row in range(height)]
    return columns, rows


def _depth(profile: Sequence[float]) -> int:
    """Behind the last line that is dark nearly all along."""
    return max((place + 1 for place, share in enumerate(profile) if share >= 0.85), default=0)
