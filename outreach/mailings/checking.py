"""What is said of a mailing's texts before they are sent: faults that stop it, and advice that does not. Pure.

In: the texts, the names that may stand in them, sample values. Out: one review for each language and the differences.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from outreach.errors import N_
from outreach.mailings.mailing import Text
from outreach.mailings.wording import UNWRITTEN
from outreach.messages.sms_parts import SmsParts, count
from outreach.messages.writing import placeholders
from outreach.messages.writing.markdown_text import refused_links, to_text
from outreach.messages.writing.readability import Readability, readability
from outreach.messages.writing.same_facts import Difference, differences

LONGEST_SMS_PARTS = 6


@dataclass(frozen=True)
class Fault:
    """Why a text cannot be sent: bokmål source text with its values. `part`: subject, body or sms; `line` 0: none."""

    part: str
    message: str
    values: dict[str, str | int]
    line: int = 0


@dataclass(frozen=True)
class Review:
    """What was found in one language version. `sms` is the size with sample values; parts depend on names."""

    language: str
    faults: tuple[Fault, ...]
    readability: Readability
    sms: SmsParts


@dataclass(frozen=True)
class Checked:
    """The reviews by language in the order of the texts, and where the versions differ."""

    reviews: tuple[Review, ...]
    differences: tuple[Difference, ...]

    @property
    def has_faults(self) -> bool:
        """Say whether something stops the mailing."""
        return any(review.faults for review in self.reviews)


def check(
    texts: Sequence[Text],
    *,
    known: Collection[str],
    values: Mapping[str, Mapping[str, str]],
    names: Collection[str],
    own_origin: str,
    needs_sms: bool,
    sms_must_have: str = "",
) -> Checked:
    """Return the review of `texts`. `values`: sample values by language; `names`: left out of LIX, same in all.

    `sms_must_have`: a placeholder without which no text message of this kind may leave, or "".
    """
    texts = [_as_several_read_it(text) for text in texts]
    reviews = tuple(
        _with_way_out(
            _review(text, known, values[text.language], names, own_origin=own_origin, needs_sms=needs_sms),
            text,
            sms_must_have if needs_sms else "",
        )
        for text in texts
    )
    mails = differences({text.language: f"{text.subject}\n{text.body}" for text in texts}, places=names)
    messages = differences({text.language: text.sms for text in texts}, places=names) if needs_sms else ()
    return Checked(reviews, (*mails, *(found for found in messages if found not in mails)))


def _with_way_out(review: Review, text: Text, name: str) -> Review:
    """Return `review`, with a fault where the text message does not have the placeholder `name`."""
    if not name or not text.sms.strip() or placeholders.braced(name) in text.sms:
        return review
    message = N_("SMS-en må ha feltet {%(name)s}, så de som får den, kan melde seg av.")
    return replace(review, faults=(*review.faults, Fault("sms", message, {"name": name})))


def _as_several_read_it(text: Text) -> Text:
    return Text(
        text.language, *(placeholders.chosen(part, is_one=False) for part in (text.subject, text.body, text.sms))
    )


def _review(
    text: Text,
    known: Collection[str],
    values: Mapping[str, str],
    names: Collection[str],
    *,
    own_origin: str,
    needs_sms: bool,
) -> Review:
    faults = [*_empty(text, needs_sms), *_placeholder_faults(text, known, values)]
    faults += _link_faults(text, own_origin, values)
    is_sound = not any(fault.part == "sms" for fault in faults)
    size = count(placeholders.filled(text.sms, values) if is_sound else text.sms)
    if size.parts > LONGEST_SMS_PARTS:
        faults.append(Fault("sms", N_("SMS-en er på %(parts)s deler. Kort den ned."), {"parts": size.parts}))
    return Review(text.language, tuple(faults), readability(text.body, language=text.language, names=names), size)


def _empty(text: Text, needs_sms: bool) -> Iterator[Fault]:
    if not text.subject.strip():
        yield Fault("subject", N_("Skriv et emne."), {})
    if not to_text(text.body).strip():
        yield Fault("body", N_("Skriv en tekst."), {})
    if needs_sms and not text.sms.strip():
        yield Fault("sms", N_("Skriv en SMS, eller velg bort SMS."), {})
    for part in ("body", "sms"):
        for number, line in enumerate(getattr(text, part).split("\n"), start=1):
            if any(words in line for words in UNWRITTEN):
                yield Fault(part, N_("Her skal du skrive beskjeden din."), {}, number)


def _placeholder_faults(text: Text, known: Collection[str], values: Mapping[str, str]) -> Iterator[Fault]:
    for part in ("subject", "body", "sms"):
        found = placeholders.faults(getattr(text, part), language=text.language, known=known, values=values)
        for fault in found:
            yield Fault(part, placeholders.FAULT_WORDS[fault.kind], {"name": fault.name}, fault.line)


def _link_faults(text: Text, own_origin: str, values: Mapping[str, str]) -> Iterator[Fault]:
    # A placeholder that is an address is one that we make ourselves.
    body = text.body
    for name, value in values.items():
        if value.startswith(("http://", "https://")):
            body = body.replace(placeholders.braced(name), own_origin or "https://")
    for address in refused_links(body, own_origin=own_origin):
        message = N_("Lenken %(address)s kan ikke brukes. Lenker må begynne med https.")
        yield Fault("body", message, {"address": address})
