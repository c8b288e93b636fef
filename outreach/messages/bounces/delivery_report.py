"""What a delivery report says of a message of ours (RFC 3464; status codes RFC 3463). Pure.

In: the telling parts of a message. Out: which outbox rows, what became of them, and whether the address is dead; None
for what is no report. A sender's name proves nothing, so nothing is read from it: the report must hold a Message-ID
that we made, whose 63 random bits nobody knows but whoever got the mail.
"""

import re
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from enum import StrEnum

from outreach.messages.bounces.report_parts import ReportParts

_BETWEEN_GROUPS = re.compile(rb"\r?\n[ \t]*\r?\n")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_REPLY_CODE = re.compile(r"\b([245])\d\d\b")
_OUR_ID = re.compile(r"<(\d{1,19})@[^<>\s@]+>")
# 5.2.3 and 5.3.4: the message is too big; 5.6: its content; 5.7: policy, such as a sender that is not trusted.
_FAULTS_OF_THE_MESSAGE = re.compile(r"5\.(2\.3|3\.4|6\.\d+|7\.\d+)")


class Fate(StrEnum):
    """What became of a message. ON_ITS_WAY: delayed, or handed on to where no more is told."""

    DELIVERED = "delivered"
    BOUNCED = "bounced"
    ON_ITS_WAY = "on_its_way"


@dataclass(frozen=True)
class DeliveryReport:
    """`row_ids`: the outbox rows that it may be about, the likeliest first. `status`: "5.1.1", or "" for none."""

    row_ids: tuple[int, ...]
    fate: Fate
    status: str = ""

    @property
    def is_permanent(self) -> bool:
        """Say whether the report speaks of a permanent failure."""
        return self.fate is Fate.BOUNCED and self.status.startswith("5")

    @property
    def is_address_dead(self) -> bool:
        """Say whether the fault is the address's, not that of this one message or of us who sent it."""
        return self.is_permanent and not _FAULTS_OF_THE_MESSAGE.fullmatch(self.status)


def read(parts: ReportParts) -> DeliveryReport | None:
    """Return what the report says; None when there is no machine part that names an action."""
    groups = [BytesHeaderParser().parsebytes(group) for group in _BETWEEN_GROUPS.split(parts.status.strip())]
    told = [_told(group) for group in groups if group["Action"]]
    if not told:
        return None
    # We write to one recipient a message; of several here the worst is the one to know.
    fate, status = min(told, key=lambda one: (one[0] is not Fate.BOUNCED, one[0] is not Fate.DELIVERED))
    return DeliveryReport(row_ids=_row_ids(parts), fate=fate, status=status)


def _told(group: Message) -> tuple[Fate, str]:
    action = str(group["Action"]).split("(")[0].strip().lower()
    fate = {"failed": Fate.BOUNCED, "delivered": Fate.DELIVERED}.get(action, Fate.ON_ITS_WAY)
    return fate, _status(str(group.get("Status", "")), str(group.get("Diagnostic-Code", "")))


def _status(stated: str, diagnostic: str) -> str:
    """Return the status as stated; without one, as the remote server's reply has it."""
    if found := _STATUS.search(stated) or _STATUS.search(diagnostic):
        return found[0]
    reply = _REPLY_CODE.search(diagnostic)
    return f"{reply[1]}.0.0" if reply else ""


def _row_ids(parts: ReportParts) -> tuple[int, ...]:
    """Return the ids in the Message-ID of what came back; where that is not told, in what the report answers."""
    returned = BytesHeaderParser().parsebytes(parts.returned_header)
    own = BytesHeaderParser().parsebytes(parts.own_header)
    texts = [returned["Message-ID"]] if returned["Message-ID"] else [own["In-Reply-To"], own["References"]]
    found = [int(number) for text in texts if text for number in _OUR_ID.findall(str(text))]
    return tuple(dict.fromkeys(number for number in found if 0 < number < 2**63))
