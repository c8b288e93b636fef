"""A camera for the browser: a picture stream that shows a QR for a while, then an empty hall, again and again."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image

from outreach.formats import qr

_SIZE = (640, 480)
_FRAMES = 75


def write_streams(path: Path, texts: Sequence[str]) -> Path:
    """Write an MJPEG stream to `path` that shows the QR of each text in turn, the hall between them; return `path`."""
    hall = Image.new("RGB", _SIZE, (120, 110, 100))
    path.write_bytes(
        b"".join(_jpeg(_with_symbol(hall.copy(), text)) * _FRAMES + _jpeg(hall) * _FRAMES for text in texts)
    )
    return path


def write_stream(path: Path, text: str) -> Path:
    """Write an MJPEG stream to `path`: the QR of `text` for some seconds, nothing for as long; return `path`.

    With an empty text there is only the hall.
    """
    hall = Image.new("RGB", _SIZE, (120, 110, 100))
    shown = _with_symbol(hall.copy(), text) if text else hall
    path.write_bytes(_jpeg(shown) * _FRAMES + _jpeg(hall) * _FRAMES)
    return path


def _with_symbol(picture: Image.Image, text: str) -> Image.Image:
    symbol = Image.open(BytesIO(qr.png(text, scale=8))).convert("RGB")
    side = min(symbol.width, _SIZE[1] - 40)
    symbol = symbol.resize((side, side), Image.Resampling.NEAREST)
    picture.paste(symbol, ((_SIZE[0] - side) // 2, (_SIZE[1] - side) // 2))
    return picture


def _jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()
