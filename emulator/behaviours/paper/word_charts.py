"""The charts of a Word file as PNG pictures: a bar for a value, a radar for several.

They show what the charts of the PDF show; equal input gives equal bytes.
"""

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from emulator.behaviours.paper.geometry import RINGS, points, share
from emulator.behaviours.paper.palette import ACCENT, INK, LINE

_WIDTH, _HEIGHT, _RADIUS, _LETTERS = 1200, 800, 270, 32  # pixels


def bar(value: float) -> bytes:
    """A value from 0 to 100 as a filled part of a track."""
    image = Image.new("RGB", (400, 24), "white")
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, 399, 23), 12, fill=f"#{LINE}")
    if filled := share(value) * 399:
        pen.rounded_rectangle((0, 0, max(filled, 24), 23), 12, fill=f"#{ACCENT}")
    return _png(image)


def radar(axes: Sequence[tuple[str, float]], font: Path) -> bytes:
    """Values from 0 to 100 on axes around a middle, with their names."""
    image = Image.new("RGB", (_WIDTH, _HEIGHT), "white")
    pen = ImageDraw.Draw(image, "RGBA")
    letters = ImageFont.truetype(str(font), _LETTERS)
    for ring in RINGS:
        pen.polygon(_placed([ring / 100] * len(axes)), outline=f"#{LINE}", width=2)
    for end in _placed([1.0] * len(axes)):
        pen.line(((_WIDTH / 2, _HEIGHT / 2), end), fill=f"#{LINE}", width=2)
    shape = _placed([share(value) for _, value in axes])
    pen.polygon(shape, fill=f"#{ACCENT}38")
    pen.line([*shape, shape[0]], fill=f"#{ACCENT}", width=5, joint="curve")
    for (name, value), (x, y) in zip(axes, _placed([1.14] * len(axes)), strict=True):
        anchor = "mm" if abs(x - _WIDTH / 2) < 30 else "lm" if x > _WIDTH / 2 else "rm"
        pen.text((x, y), f"{name}  {value:.1f}", fill=f"#{INK}", font=letters, anchor=anchor)
    return _png(image)


def _placed(shares: Sequence[float]) -> list[tuple[float, float]]:
    return [(_WIDTH / 2 + x, _HEIGHT / 2 - y) for x, y in points(shares, _RADIUS)]


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
