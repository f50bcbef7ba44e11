"""What a recorded request must say in this run: ids and links of this run in place of those of the recording.

What an operation makes is learned from both answers, place by place. A file that was only described is drawn anew.
"""

import io
from typing import Any
from urllib.parse import urlsplit

from PIL import Image, ImageDraw


class Substitutes:
    """What was recorded, and what it is now."""

    def __init__(self) -> None:
        self._now: dict[str, Any] = {}

    def learn(self, recorded: Any, got: Any, ids: frozenset[str], name: str = "") -> None:
        """Members of these names, and links."""
        if isinstance(recorded, dict) and isinstance(got, dict):
            for known in recorded.keys() & got.keys():
                self.learn(recorded[known], got[known], ids, known)
        elif isinstance(recorded, list) and isinstance(got, list):
            for one, other in zip(recorded, got, strict=False):
                self.learn(one, other, ids, name)
        elif recorded != got and (_is_id(name, recorded, got, ids) or (_is_link(recorded) and _is_link(got))):
            self._now[str(recorded)] = got

    def put(self, value: Any) -> Any:
        """The value with everything replaced that is known by another name now."""
        if isinstance(value, dict):
            return {name: self.put(part) for name, part in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.put(part) for part in value]
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value) in self._now:
            now = self._now[str(value)]
            return now if type(now) is type(value) else type(value)(now)
        return value


def picture() -> bytes:
    """A plain picture in place of one that was not kept."""
    image = Image.new("RGB", (320, 320), "white")
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((90, 30, 230, 290), 24, outline="black", width=5)
    pen.ellipse((110, 50, 140, 80), outline="black", width=3)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _is_id(name: str, recorded: Any, got: Any, ids: frozenset[str]) -> bool:
    plain = all(isinstance(one, (str, int)) and not isinstance(one, bool) for one in (recorded, got))
    return name in ids and plain


def _is_link(value: Any) -> bool:
    return isinstance(value, str) and urlsplit(value).scheme in ("http", "https")
