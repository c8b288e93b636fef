"""A camera for the browser: a picture stream that shows a QR for a while, then an empty hall, again and again."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from outreach.formats import qr

_SIZE = (640, 480)
_FRAMES = 75


def write_stream(path: Path, text: str) -> Path:
    """Write an MJPEG stream to `path` with the QR of `text` for some seconds and nothing for as long; return `path`."""
    symbol = Image.open(BytesIO(qr.png(text, scale=8))).convert("RGB")
    hall = Image.new("RGB", _SIZE, (120, 110, 100))
    shown = hall.copy()
    side = min(symbol.width, _SIZE[1] - 40)
    symbol = symbol.resize((side, side), Image.Resampling.NEAREST)
    shown.paste(symbol, ((_SIZE[0] - side) // 2, (_SIZE[1] - side) // 2))
    path.write_bytes(_jpeg(shown) * _FRAMES + _jpeg(hall) * _FRAMES)
    return path


def _jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()
