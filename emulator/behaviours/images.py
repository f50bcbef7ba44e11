"""Pictures: uploading them, seeing what a URL shows, and linking to what patents show.

What is compared is a picture's hash. A URL of ours must be whole and alive; the pages' sample URLs are known
pictures; any other URL is never fetched: its text seeds a picture of the same kind, of a product that it names.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from emulator import entropy
from emulator.behaviours import drawings, links, patent_pictures, product_words
from emulator.behaviours.links import FilePath, Gone, LinkState
from emulator.behaviours.patent_defaults import drawn_hash
from emulator.behaviours.pictures import Sight, UnreadablePicture, line_drawing, opened, read_picture, small_png
from emulator.behaviours.pictures import seen as seen_in
from emulator.behaviours.world import Account, Call, Outcome, Upload, World
from emulator.corpus.patents import Drawing
from emulator.errors import ApiError, Cause
from emulator.spec.models import Operation, Parameter
from emulator.store.base import Record

TABLE = "images"
UPLOADS = "images"
_SEEDED_DIFFERENCE = 24  # bits by which a foreign picture differs from the patent it is seeded from


def upload(call: Call) -> Outcome:
    """P010: keep a picture for its life, and link to it."""
    upload: Upload = call.values["image"]
    assert upload.picture is not None, "files are looked at before"
    picture = upload.picture
    name = f"{entropy.dashed(call.draw('image')).replace('-', '')}.{'png' if picture.format == 'PNG' else 'jpg'}"
    _sweep(call)
    life = call.world.service.life("image")
    store = call.world.store
    store.put_bytes(call.account.id, TABLE, name, upload.content)
    store.put(
        call.account.id,
        TABLE,
        name,
        {"created": call.now - call.now % 1000, "life": life, **noted(picture.sight)},
    )
    path = FilePath(call.account.id, UPLOADS, name)
    url = links.make(call.world.service.links, call.account, call.base_url, path, call.now, life)
    return Outcome({"url": url, "expire": life // 1000})


def looked_at(world: World, operation: Operation, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values with what their files show; 68300010 for a file that breaks the rules for files. Nothing is kept."""
    if operation.body is None or operation.body.media_type != "multipart/form-data":
        return values
    return {name: _looked_at(world, operation.parameter(name), name, value) for name, value in values.items()}


def noted(sight: Sight) -> Record:
    """What a picture looks like, as records keep it."""
    return {"hashes": [f"{one:064x}" for one in sight.hashes], "colour": sight.colour}


def recalled(record: Mapping[str, Any]) -> Sight:
    """What a record says that a picture looks like."""
    return Sight(tuple(int(one, 16) for one in record["hashes"]), record["colour"])


def seen(call: Call, url: str) -> Sight:
    """What a URL shows. Raises when it is a link of ours that is dead or was never made."""
    if links.is_ours(call.world.service.links, url, call.base_url):
        shown = _own_picture(call, url)
        return Sight((shown.hash,)) if isinstance(shown, Drawing) else recalled(shown)
    if drawing := _known(call, url):
        return Sight((drawn_hash(drawing["product"], drawing["variation"]),))
    call.remark("a picture elsewhere is never fetched: the text of its address stands for it")
    return Sight((seeded(call, url),))


def seen_in_lines(call: Call, url: str) -> Sight:
    """What a URL shows once an uploaded picture is turned into a line drawing; whatever else is one shows the same."""
    shown = seen(call, url)
    content = _uploaded(call, url)
    return shown if content is None else seen_in(line_drawing(opened(content)))


def noted_drawing(call: Call, url: str) -> Record:
    """What a URL shows as a line drawing, to be kept: of an upload the file, because the upload may end first."""
    if (content := _uploaded(call, url)) is not None:
        return {"png": b64encode(small_png(line_drawing(opened(content)))).decode()}
    if links.is_ours(call.world.service.links, url, call.base_url):
        shown = _own_picture(call, url)
        assert isinstance(shown, Drawing), "what was not uploaded is a patent's"
        return {"product": shown.product, "variation": shown.variation}
    if known := _known(call, url):
        return {"product": known["product"], "variation": known["variation"]}
    stand_in = _stand_in(call, url)
    return {"product": stand_in.product, "variation": stand_in.variation} if stand_in else {}


def recalled_drawing(record: Mapping[str, Any]) -> bytes | None:
    """The PNG file of a line drawing that was noted."""
    if "png" in record:
        return b64decode(record["png"])
    return small_png(drawings.draw(record["product"], record["variation"], 0)) if record else None


def is_dead_link(call: Call, url: str) -> bool:
    """Whether a URL is a link of ours that leads to no picture (any more)."""
    if not links.is_ours(call.world.service.links, url, call.base_url):
        return False
    try:
        _own_picture(call, url)
    except ApiError:
        return True
    return False


def uploaded_file(world: World, account: Account, name: str, now: int) -> bytes:
    """The file behind an upload's link, while it lives."""
    record = world.store.get(account.id, TABLE, name)
    content = world.store.get_bytes(account.id, TABLE, name)
    if record is None or content is None or now >= record["created"] + record["life"]:
        raise Gone(was_there=True)
    return content


def _sweep(call: Call) -> None:
    """Forget uploads whose life has ended, when the next one comes."""
    for name, record in call.world.store.scan(call.account.id, TABLE):
        if call.now >= record["created"] + record["life"]:
            call.world.store.drop(call.account.id, TABLE, name)


def _looked_at(world: World, parameter: Parameter | None, name: str, value: Any) -> Any:
    """A file with what it shows, if it keeps to the rules for files; any other value as it is."""
    if parameter is None or parameter.schema_.get("format") != "binary":
        return value
    cited, most = parameter.evidence.cited, parameter.schema_["x-max-bytes"]
    if not isinstance(value, Upload):
        raise ApiError(Cause.FILE_REFUSED, f"{name} is a text field, not a file ({cited})")
    if (size := len(value.content)) > most:
        raise ApiError(Cause.FILE_REFUSED, f"{name} has {size} bytes, more than the {most} allowed ({cited})")
    try:
        return replace(value, picture=read_picture(value.content, world.service.bounds["pixels"].at_most))
    except UnreadablePicture as unreadable:
        raise ApiError(Cause.FILE_REFUSED, f"{name}: {unreadable.reason} ({cited})") from unreadable


def _known(call: Call, url: str) -> Mapping[str, Any] | None:
    known = call.corpus.known_pictures
    return known.get(url) or known.get(url.split("?")[0])


def _uploaded(call: Call, url: str) -> bytes | None:
    """The file that an account uploaded, where a URL leads to one that was judged before."""
    if not links.is_ours(call.world.service.links, url, call.base_url):
        return None
    path, _ = links.read(url)
    return call.world.store.get_bytes(call.account.id, TABLE, path.name) if path and path.kind == UPLOADS else None


def _own_picture(call: Call, url: str) -> Drawing | Record:
    """What a patent shows, or the record of an upload."""
    path, query = links.read(url)
    if path is None or path.account != call.account.id:
        raise _unknown()
    state = links.judge(call.account, path, query, call.now)
    if state is LinkState.EXPIRED:
        life = call.world.service.lives["image" if path.kind == UPLOADS else patent_pictures.life_name(call.account)]
        raise ApiError(Cause.PARAMETER_INVALID, f"an image URL has expired: it lives {life.told}")
    if state is not LinkState.GOOD:
        raise _unknown()
    if path.kind == patent_pictures.PATENTS:
        patent = call.corpus.by_id(path.name.partition("/")[0])
        if patent is None or patent.picture is None:
            raise _unknown()
        return patent.picture
    if path.kind != UPLOADS:
        raise ApiError(Cause.FILE_REFUSED, "an image URL leads to a file of this account that is no picture")
    record = call.world.store.get(call.account.id, TABLE, path.name)
    if record is None or call.now >= record["created"] + record["life"]:
        raise _unknown()
    return record


def _unknown() -> ApiError:
    return ApiError(
        Cause.PARAMETER_INVALID, "an image URL is none that this account was given, or its link was altered"
    )


def seeded(call: Call, url: str) -> int:
    """The hash of a picture nobody has seen: near to that of some patent, which the text alone decides."""
    chance = _chance(url)
    stand_in = _stand_in(call, url)
    if stand_in is None:
        return int.from_bytes(chance[:32], "big")
    changed = 0
    for byte in chance[8 : 8 + _SEEDED_DIFFERENCE]:
        changed |= 1 << byte
    return stand_in.hash ^ changed


def _stand_in(call: Call, url: str) -> Drawing | None:
    """The picture that stands for one from elsewhere: some patent's, or the next of the product that is named."""
    shown = call.corpus.shown
    if not shown:
        return None
    first = int.from_bytes(_chance(url)[:8], "big") % len(shown)
    return product_words.steered(shown, first, product_words.named(call.world.own_patents.grammar, url))


def _chance(url: str) -> bytes:
    return entropy.draw(0, url, "foreign picture", 0, 64)
