"""Pictures: uploading them, seeing what a URL shows, and linking to what patents show.

What is compared is a picture's difference hash. A URL of ours must be whole and alive; the pages' sample URLs are
known pictures; any other URL is never fetched: its text seeds a picture of the same kind.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from emulator import entropy
from emulator.behaviours import drawings, links
from emulator.behaviours.links import FilePath, Gone, LinkState
from emulator.behaviours.patent_defaults import drawn_hash
from emulator.behaviours.pictures import UnreadablePicture, read_picture
from emulator.behaviours.world import Account, Call, Outcome, Upload, World
from emulator.corpus.patents import Patent
from emulator.errors import ApiError, Cause
from emulator.spec.models import Operation, Parameter

TABLE = "images"
UPLOADS, PATENTS = "images", "patents"
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
        {"created": call.now - call.now % 1000, "life": life, "hash": f"{picture.hash:064x}"},
    )
    path = FilePath(call.account.id, UPLOADS, name)
    url = links.make(call.world.service.links, call.account, call.base_url, path, call.now, life)
    return Outcome({"url": url, "expire": life // 1000})


def looked_at(world: World, operation: Operation, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values with what their files show; 68300010 for a file that breaks the rules for files. Nothing is kept."""
    if operation.body is None or operation.body.media_type != "multipart/form-data":
        return values
    return {name: _looked_at(world, operation.parameter(name), name, value) for name, value in values.items()}


def seen(call: Call, url: str) -> int:
    """The hash of what a URL shows. Raises when it is a link of ours that is dead or was never made."""
    if links.is_ours(call.world.service.links, url, call.base_url):
        return _own_picture(call, url)
    known = call.corpus.known_pictures
    drawing = known.get(url) or known.get(url.split("?")[0])
    if drawing:
        return drawn_hash(drawing["product"], drawing["variation"])
    call.remark("a picture elsewhere is never fetched: the text of its address stands for it")
    return seeded(call, url)


def is_dead_link(call: Call, url: str) -> bool:
    """Whether a URL is a link of ours that leads to no picture (any more)."""
    if not links.is_ours(call.world.service.links, url, call.base_url):
        return False
    try:
        _own_picture(call, url)
    except ApiError:
        return True
    return False


def link_life(world: World, account: Account) -> int:
    """How long a link to an answered picture is good: as the prose says, or as the sample link is signed."""
    return world.service.life(_life_name(account))


def _life_name(account: Account) -> str:
    return "image" if account.link_lifetime == "documented" else "image_link_signed"


def link(call: Call, patent: Patent) -> str:
    """A fresh link to a patent's first view."""
    path = FilePath(call.account.id, PATENTS, f"{patent.patent_id}/0.png")
    life = link_life(call.world, call.account)
    return links.make(call.world.service.links, call.account, call.base_url, path, call.now, life)


def patent_picture(world: World, account: Account, name: str) -> bytes:
    """The file behind a patent's link: `<patent id>/<view>.png` or `.jpg`."""
    patent_id, _, view = name.partition("/")
    number, _, ending = view.partition(".")
    patent = world.corpus_of(account.id).by_id(patent_id)
    picture = patent.picture if patent else None
    if picture is None or ending not in ("png", "jpg") or number not in map(str, range(picture.views)):
        raise Gone(was_there=False)
    make = drawings.png if ending == "png" else drawings.jpeg
    return make(picture.product, picture.variation, int(number))


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


def _own_picture(call: Call, url: str) -> int:
    path, query = links.read(url)
    if path is None or path.account != call.account.id:
        raise _unknown()
    state = links.judge(call.account, path, query, call.now)
    if state is LinkState.EXPIRED:
        life = call.world.service.lives["image" if path.kind == UPLOADS else _life_name(call.account)]
        raise ApiError(Cause.PARAMETER_INVALID, f"an image URL has expired: it lives {life.told}")
    if state is not LinkState.GOOD:
        raise _unknown()
    if path.kind == PATENTS:
        patent = call.corpus.by_id(path.name.partition("/")[0])
        if patent is None or patent.picture is None:
            raise _unknown()
        return patent.picture.hash
    if path.kind != UPLOADS:
        raise ApiError(Cause.FILE_REFUSED, "an image URL leads to a file of this account that is no picture")
    record = call.world.store.get(call.account.id, TABLE, path.name)
    if record is None or call.now >= record["created"] + record["life"]:
        raise _unknown()
    return int(record["hash"], 16)


def _unknown() -> ApiError:
    return ApiError(
        Cause.PARAMETER_INVALID, "an image URL is none that this account was given, or its link was altered"
    )


def seeded(call: Call, url: str) -> int:
    """The hash of a picture nobody has seen: near to that of some patent, which the text alone decides."""
    shown = call.corpus.shown
    chance = entropy.draw(0, url, "foreign picture", 0, 64)
    if not shown:
        return int.from_bytes(chance[:32], "big")
    changed = 0
    for byte in chance[8 : 8 + _SEEDED_DIFFERENCE]:
        changed |= 1 << byte
    return shown[int.from_bytes(chance[:8], "big") % len(shown)].hash ^ changed
