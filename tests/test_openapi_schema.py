"""The checker that holds our requests up against KS's documents sees what is wrong with one."""

import json
from typing import Any

import pytest

from tests.openapi_schema import EXTRACTS, Document

SEND, STATUS = Document("ks-svarut-send-v2.json"), Document("ks-svarut-status-v2.json")
SAMPLE = json.loads((EXTRACTS / "svarut-forsendelse-v2.json").read_text(encoding="utf-8"))


def test_the_sample_is_a_shipment() -> None:
    assert SEND.faults("Forsendelse", SAMPLE) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"tittel": "x" * 1001}, "Forsendelse.tittel: longer than 1000"),
        ({"tittel": None}, "Forsendelse.tittel: no string"),
        ({"mottaker": {}}, "Forsendelse.mottaker: navn is missing"),
        ({"mottaker": {"navn": "x", "adresselinje4": "y"}}, "Forsendelse.mottaker: adresselinje4 is unknown"),
        ({"konteringskode": "to ord"}, "Forsendelse.konteringskode: not like ^[a-zA-Z0-9_\\-.øæåØÆÅ]{0,20}$"),
        ({"eksternReferanse": "1" * 101}, "Forsendelse.eksternReferanse: longer than 100"),
        ({"dokumenter": [{"filnavn": "a.pdf"}]}, "Forsendelse.dokumenter[0]: mimeType is missing"),
        ({"lenker": [{"url": "x", "tekst": "y"}] * 6}, "Forsendelse.lenker: more than 5"),
        ({"eksponertFor": ["1", "1"]}, "Forsendelse.eksponertFor: one twice"),
        ({"svarPaForsendelse": "7"}, "Forsendelse.svarPaForsendelse: no uuid"),
        ({"signaturType": "PENN"}, "Forsendelse.signaturType: none of ['AUTENTISERT_SIGNATUR', 'AVANSERT_SIGNATUR']"),
        ({"finnesIkke": 1}, "Forsendelse: finnesIkke is unknown"),
    ],
)
def test_a_shipment_with_a_fault_is_no_shipment(changes: dict[str, Any], fault: str) -> None:
    assert SEND.faults("Forsendelse", {**SAMPLE, **changes}) == [fault]


def test_a_keyword_that_is_not_known_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STATUS._schemas["StatusSok"], "minProperties", 1)
    with pytest.raises(AttributeError, match="minProperties"):
        STATUS.faults("StatusSok", {"forsendelseIds": []})
