"""What people do to a picture before they search with it, and how alike the copy must stay to its original."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageFilter, ImageOps

from emulator.behaviours.pictures import likeness, nearest

Change = Callable[[Image.Image], Image.Image]


def nearest_likeness(own: int, readings: Sequence[int]) -> float:
    """The likeness of a picture to the nearest reading of a copy, as searches tell it."""
    return likeness(own, nearest(own, readings))


def resized(share: float) -> Change:
    return lambda image: image.resize(
        (round(image.width * share), round(image.height * share)), Image.Resampling.LANCZOS
    )


def recompressed(quality: int) -> Change:
    def change(image: Image.Image) -> Image.Image:
        buffer = BytesIO()
        image.save(buffer, "JPEG", quality=quality)
        return Image.open(buffer).convert("L")

    return change


def cropped(left: float = 0, top: float = 0, right: float = 0, bottom: float = 0) -> Change:
    """Shares of the sides that are cut off."""
    return lambda image: image.crop(
        (
            round(image.width * left),
            round(image.height * top),
            round(image.width * (1 - right)),
            round(image.height * (1 - bottom)),
        )
    )


def bare(image: Image.Image) -> Image.Image:
    """Only the subject, without any margin."""
    return image.crop(image.point([255 if tone < 200 else 0 for tone in range(256)]).getbbox())


def noisy(strength: int) -> Change:
    """Every pixel wanders by up to that many tones."""

    def change(image: Image.Image) -> Image.Image:
        chance = Random(1).randbytes(image.width * image.height)
        wander = [(byte - 128) * strength // 128 for byte in chance]
        tones = bytes(max(0, min(255, tone + by)) for tone, by in zip(image.tobytes(), wander, strict=True))
        return Image.frombytes("L", image.size, tones)

    return change


def turned(degrees: float) -> Change:
    return lambda image: image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)


def after(*changes: Change) -> Change:
    def change(image: Image.Image) -> Image.Image:
        for one in changes:
            image = one(image)
        return image

    return change


def printed_on(*paper: int) -> Change:
    """Drawn on paper of that colour, red, green and blue."""
    return lambda image: ImageChops.multiply(image.convert("RGB"), Image.new("RGB", image.size, paper))


def laid_on(*paper: int) -> Change:
    """Its white sheet lies on paper of that colour."""
    return lambda image: ImageOps.expand(image.convert("RGB"), (60, 90, 80, 40), paper)


def lit(light: Image.Image, brightest: int, darkest: int) -> Change:
    """Under light that grows weaker where `light` is lighter."""

    def change(image: Image.Image) -> Image.Image:
        shade = light.resize(image.size, Image.Resampling.BICUBIC)
        weaker = shade.point([round(brightest + (darkest - brightest) * tone / 255) for tone in range(256)])
        return ImageChops.multiply(image, weaker)

    return change


_SLOPE = Image.linear_gradient("L")
_BOWL = Image.radial_gradient("L").point([tone * tone // 255 for tone in range(256)])
PAPERS: Mapping[str, Change] = {
    "printed on cream": printed_on(245, 235, 215),
    "printed on off-white": printed_on(235, 235, 225),
    "printed on light grey": printed_on(200, 200, 200),
    "laid on cream": laid_on(245, 235, 215),
    "laid on off-white": laid_on(235, 235, 225),
    "laid on nearly white": laid_on(240, 240, 240),
    "laid on light grey": laid_on(200, 200, 200),
    "laid on wood": laid_on(120, 80, 50),
    "darker below": lit(_SLOPE, 255, 225),
    "darker to the left": lit(_SLOPE.transpose(Image.Transpose.ROTATE_270), 250, 205),
    "dim, darker to the right": lit(_SLOPE.transpose(Image.Transpose.ROTATE_90), 240, 200),
    "darker at the corners": lit(_BOWL, 255, 200),
}

# name → the change, the least score of the original, the least share of copies whose original comes first
CHANGES: Mapping[str, tuple[Change, float, float]] = {
    "as it is": (lambda image: image, 1.0, 1.0),
    "25 % of the size": (resized(0.25), 0.93, 0.95),
    "50 % of the size": (resized(0.5), 0.96, 0.95),
    "200 % of the size": (resized(2), 0.97, 0.95),
    "JPEG, quality 30": (recompressed(30), 0.96, 0.95),
    "25 %, JPEG, quality 30": (after(resized(0.25), recompressed(30)), 0.86, 0.9),
    "left side cut by 5 %": (cropped(left=0.05), 0.97, 0.95),
    "left side cut by 10 %": (cropped(left=0.1), 0.96, 0.95),
    "top cut by 10 %": (cropped(top=0.1), 0.95, 0.95),
    "all sides cut by 10 %": (cropped(0.1, 0.1, 0.1, 0.1), 0.91, 0.9),
    "subject itself cut by 3 %": (after(bare, cropped(left=0.03)), 0.9, 0.9),
    "subject itself cut by 10 %": (after(bare, cropped(left=0.1)), 0.75, 0.8),
    "subject cut, then padded": (
        after(bare, cropped(left=0.05), lambda image: ImageOps.expand(image, (0, 40, 60, 40), 255)),
        0.85,
        0.85,
    ),
    "padded": (lambda image: ImageOps.expand(image, (100, 20, 0, 200), 255), 0.96, 0.95),
    "pale on grey": (lambda image: image.point([120 + tone * 100 // 255 for tone in range(256)]), 0.98, 0.95),
    "thin border": (lambda image: ImageOps.expand(image, 3, 0), 0.96, 0.95),
    "border inside the margin": (lambda image: ImageOps.expand(ImageOps.expand(image, 2, 60), 10, 255), 0.95, 0.95),
    "blurred": (lambda image: image.filter(ImageFilter.GaussianBlur(2)), 0.93, 0.95),
    "turned by 2 degrees": (turned(2), 0.97, 0.98),
    "turned back by 3 degrees": (turned(-3), 0.93, 0.95),
    "wider": (lambda image: image.resize((600, 440)), 0.97, 0.97),
    "narrower": (lambda image: image.resize((440, 600)), 0.94, 0.97),
    "noisy": (noisy(40), 0.96, 0.95),
    "60 %, cut on three sides, JPEG 40": (
        after(resized(0.6), cropped(left=0.1, top=0.05, bottom=0.1), recompressed(40)),
        0.94,
        0.95,
    ),
}
