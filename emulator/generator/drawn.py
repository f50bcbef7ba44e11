"""The hash of the front view of a product, as the corpus stores it. It does not know how pictures are drawn or
compared.
"""

from functools import lru_cache

from emulator.behaviours.drawings import draw
from emulator.behaviours.pictures import difference_hash


@lru_cache(maxsize=100_000)
def picture_hash(product: str, variation: int) -> str:
    """64 hexadecimal digits; members of a family share the picture, so most are drawn once."""
    return f"{difference_hash(draw(product, variation, 0)):064x}"
