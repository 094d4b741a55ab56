"""The plan of a picture → the bytes of its versions, encoded once and cached by content.

The key of the cache is made of the digest of the original, the version, and the encoders' own versions; so a lost build state,
or a build of the same stories into another folder, costs a copy. A cached file begins with the digest of the rest: one that was
damaged is encoded again.
"""

from __future__ import annotations

import io
import os
from functools import cache
from typing import Any

from PIL import Image, features
from PIL import __version__ as pillow_version
from PIL.PngImagePlugin import PngInfo

from slugline.files import digest, on_disk, read_cached, write_cached
from slugline.images.crops import Crop, crops_of
from slugline.images.errors import UnreadableImage
from slugline.images.loading import open_image, upright
from slugline.images.picture import Picture, Rendition
from slugline.images.rights import Rights, exif_of, read_rights, xmp_of
from slugline.images.svg import read_svg

__all__ = ["ImageEncoder"]

_GAP = 3.0
"""Before the careful scaling, a quick one down to so many times the wanted size: as good to the eye, and far quicker."""

_AVIF_SPEED = 8
"""The knee of the measured curve; see docs/images.md."""

_METADATA = 2
"""A number that changes with what is written of a picture's rights: a part of the cache's keys."""


class ImageEncoder:
    """Encodes versions and crops of pictures; one in each process.

    Args:
        content: the content folder.
        cache_folder: where encoded files are cached.
    """

    def __init__(self, content: str, cache_folder: str) -> None:
        self.content = content
        self.cache_folder = cache_folder
        self._last: tuple[bytes, tuple[int, int], Image.Image, Rights] | None = None

    def encode(self, path: str, source: bytes, picture: Picture, rendition: Rendition) -> bytes:
        """The bytes of one version.

        Args:
            path: of the original, below the content folder.
            source: the digest of the original.
            picture: its plan.
            rendition: one of the plan's.

        Raises:
            UnreadableImage: the original cannot be read, or is not what the plan was made of any more.
        """
        if picture.copied:
            original = self._original(path, source)
            return read_svg(original).markup if rendition.format == "svg" else original
        return self._cached(path, source, picture, rendition)

    def encode_crop(self, path: str, source: bytes, picture: Picture, crop: Crop) -> bytes:
        """The bytes of one part of a picture.

        Args:
            path: of the original, below the content folder.
            source: the digest of the original.
            picture: its plan.
            crop: one of the picture's.

        Raises:
            UnreadableImage: see :meth:`encode`.
        """
        return self._cached(path, source, picture, crop)

    def _cached(self, path: str, source: bytes, picture: Picture, wanted: Rendition | Crop) -> bytes:
        """The bytes from the cache, or encoded and added to it."""
        place = self._place(source, picture, wanted)
        encoded = read_cached(place)
        if encoded is None:
            encoded = self._make(path, source, picture, wanted)
            write_cached(place, encoded)
        return encoded

    def _make(self, path: str, source: bytes, picture: Picture, wanted: Rendition | Crop) -> bytes:
        try:
            size = (wanted.width, wanted.height)
            if isinstance(wanted, Crop):
                image, rights = self._scaled_original(path, source, _size_for_crops(picture))
                scale = image.width / picture.width, image.height / picture.height
                left, top, right, bottom = wanted.box
                box = (left * scale[0], top * scale[1], right * scale[0], bottom * scale[1])
                image = image.resize(size, Image.Resampling.LANCZOS, box, reducing_gap=_GAP)
            else:
                largest = max(picture.renditions, key=lambda rendition: rendition.width)
                image, rights = self._scaled_original(path, source, (largest.width, largest.height))
                if image.size != size:
                    image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=_GAP)
            return _encoded(image, wanted.format, picture.quality, rights, graphic=picture.graphic)
        except (OSError, ValueError, KeyError, MemoryError) as error:
            message = f"cannot be made as {wanted.name}: {error}"
            raise UnreadableImage(message, "save it again, or scale it down") from error

    def _scaled_original(self, path: str, source: bytes, size: tuple[int, int]) -> tuple[Image.Image, Rights]:
        """The picture in the largest size that is needed, of which all versions are made; and the rights in it."""
        if self._last is None or self._last[:2] != (source, size):
            with open_image(self._original(path, source)) as image:
                longest = 2 * max(size)
                # A JPEG can be decoded at a half, a quarter or an eighth: down to twice of what is wanted, not below.
                image.draft(None, (longest, longest))
                whole = upright(image)
                rights = read_rights(image)
            if whole.size != size:
                whole = whole.resize(size, Image.Resampling.LANCZOS, reducing_gap=_GAP)
            self._last = source, size, whole, rights
        return self._last[2], self._last[3]

    def _original(self, path: str, source: bytes) -> bytes:
        try:
            with open(on_disk(self.content, path), "rb") as file:
                raw = file.read()
        except OSError as error:
            raise UnreadableImage(f"cannot be read: {error.strerror}", "build again") from error
        if digest(raw) != source:
            raise UnreadableImage("changed while the site was being built", "build again")
        return raw

    def _place(self, source: bytes, picture: Picture, wanted: Rendition | Crop) -> str:
        plan = repr((wanted, picture.quality, picture.graphic, picture.width, picture.height))
        # The largest version is part of the key: the others are made of it.
        largest = max(one.width for one in picture.renditions)
        key = digest(source, plan, str(largest), _encoders()).hex()
        return os.path.join(self.cache_folder, key[:2], key[2:])


def _size_for_crops(picture: Picture) -> tuple[int, int]:
    """The size of the whole of which a picture's parts are made: the same wherever they are cut."""
    scale = max(crop.width / (crop.box[2] - crop.box[0]) for crop in crops_of(picture, ""))
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))


@cache
def _encoders() -> str:
    versions = [f"{name} {features.version(name)}" for name in ("avif", "webp", "libjpeg_turbo", "jpg", "zlib")]
    return f"metadata {_METADATA}, pillow {pillow_version}, {', '.join(versions)}, speed {_AVIF_SPEED}"


def _encoded(image: Image.Image, kind: str, quality: int, rights: Rights, *, graphic: bool) -> bytes:
    out = io.BytesIO()
    # A copy without the original's metadata, which the encoders would otherwise carry over.
    bare = image.copy()
    bare.info = {}
    exif, xmp = exif_of(rights), xmp_of(rights)
    metadata: dict[str, Any] = {name: block for name, block in (("exif", exif), ("xmp", xmp)) if block}
    if kind == "avif":
        # AVIF's scale runs lower: three quarters of the number looks the same. One thread, for the same bytes everywhere.
        level = min(100, quality * 3 // 4 + (20 if graphic else 0))
        sampling = "4:4:4" if graphic else "4:2:0"
        bare.save(out, "AVIF", quality=level, speed=_AVIF_SPEED, subsampling=sampling, max_threads=1, **metadata)
    elif kind == "webp":
        bare.save(out, "WEBP", quality=quality, method=4, lossless=graphic, **metadata)
    elif kind == "png":
        texts = PngInfo()
        if packet := metadata.pop("xmp", b""):
            texts.add_itxt("XML:com.adobe.xmp", packet.decode())
        bare.save(out, "PNG", optimize=True, pnginfo=texts, **metadata)
    else:
        bare.save(out, "JPEG", quality=quality, optimize=True, progressive=True, **metadata)
    return out.getvalue()
