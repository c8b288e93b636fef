from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from outreach import clock
from outreach.messages.register_contact import NOBODY
from outreach.messages.transports import contact_register, maskinporten
from outreach.messages.transports.contact_register import ContactRegister
from outreach.national_services import NationalServices
from tests.factories.national import ContactRegisterServer


@pytest.fixture
def server() -> Iterator[ContactRegisterServer]:
    with ContactRegisterServer().running() as running:
        yield running


@pytest.fixture
def register(server: ContactRegisterServer) -> ContactRegister:
    return ContactRegister(services(server), rest_seconds=0)


def services(server: ContactRegisterServer) -> NationalServices:
    return NationalServices(server.maskinporten(), f"{server.url}/rest/v2/personer")


def test_asks_with_a_token_and_tells_what_may_be_used(server: ContactRegisterServer, register: ContactRegister) -> None:
    server.register("1", epostadresse="ase@gjest.example", mobiltelefonnummer="+4799999901")
    server.register("2", epostadresse="per@gjest.example", reservasjon="JA")
    found = register.ask(["1", "2", "3"])
    assert found is not None
    assert (found["1"].email, found["1"].mobile) == ("ase@gjest.example", "+4799999901")
    assert found["2"] == found["3"] == NOBODY
    assert server.asked == [["1", "2", "3"]]
    assert server.refused == []


def test_a_token_is_used_until_shortly_before_it_expires(
    server: ContactRegisterServer, register: ContactRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [1000.0]
    monkeypatch.setattr(maskinporten.time, "monotonic", lambda: moment[0])
    register.ask(["1"])
    moment[0] += 89
    register.ask(["1"])
    assert len(server.tokens) == 1
    moment[0] += 2
    register.ask(["1"])
    assert len(server.tokens) == 2
    assert len({grant["jti"] for grant in server.grants}) == 2, "no grant is used twice"


def test_many_are_asked_about_a_thousand_at_a_time(server: ContactRegisterServer, register: ContactRegister) -> None:
    numbers = [str(number) for number in range(2001)]
    found = register.ask(numbers)
    assert found is not None
    assert list(found) == numbers
    assert [len(part) for part in server.asked] == [1000, 1000, 1]


def test_nobody_is_asked_about_without_a_number(server: ContactRegisterServer, register: ContactRegister) -> None:
    assert register.ask([]) == {}
    assert server.tokens == []


@pytest.mark.parametrize("fault", [500, 503, 400, 404, (429, {}), (302, {"Location": "/"}), "reset"])
@pytest.mark.parametrize("path", ["/token", "/rest/v2/personer"])
def test_a_register_that_cannot_tell_is_known_from_one_that_has_nobody(
    server: ContactRegisterServer, register: ContactRegister, path: str, fault: object
) -> None:
    server.fault = lambda asked: fault if asked == path else None
    assert register.ask(["1"]) is None
    server.fault = lambda asked: None
    assert register.ask(["1"]) == {"1": NOBODY}


def test_after_a_fault_the_register_is_left_in_peace_for_as_long_as_it_asks(
    server: ContactRegisterServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [1000.0]
    monkeypatch.setattr(contact_register.time, "monotonic", lambda: moment[0])
    register = ContactRegister(services(server))
    server.fault = lambda asked: (429, {"Retry-After": "90"}) if asked == "/rest/v2/personer" else None
    assert register.ask(["1"]) is None
    server.fault = lambda asked: None
    for later, found in ((89, None), (90, {"1": NOBODY})):
        moment[0] = 1000 + later
        assert register.ask(["1"]) == found
    server.fault = lambda asked: 503
    assert register.ask(["1"]) is None
    server.fault = lambda asked: None
    for later, found in ((119, None), (120, {"1": NOBODY})):
        moment[0] = 1000 + later
        assert register.ask(["1"]) == found


def test_a_token_that_is_not_taken_is_not_tried_again(server: ContactRegisterServer, register: ContactRegister) -> None:
    register.ask(["1"])
    server.tokens[:] = ["another"]
    assert register.ask(["1"]) is None
    assert register.ask(["1"]) == {"1": NOBODY}


@pytest.mark.parametrize(
    ("changes", "refused"),
    [({"client_id": "somebody"}, "iss"), ({"key_id": "old"}, "header"), ({"issuer": "/"}, "aud")],
)
def test_who_is_not_registered_at_maskinporten_gets_no_token(
    server: ContactRegisterServer, changes: dict[str, str], refused: str
) -> None:
    who = server.maskinporten()
    changed = {name: who.issuer + "/" if value == "/" else value for name, value in changes.items()}
    server.fault = lambda path: None
    asking = ContactRegister(NationalServices(replace(who, **changed), services(server).krr_url))
    assert asking.ask(["1"]) is None
    assert server.asked == []
    if refused != "aud":
        assert server.refused == [refused]


def test_another_key_signs_nothing_that_is_taken(server: ContactRegisterServer) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    who = replace(server.maskinporten(), private_key=pem)
    assert ContactRegister(NationalServices(who, services(server).krr_url)).ask(["1"]) is None
    assert server.tokens == []


def test_a_clock_that_is_wrong_gets_no_token(server: ContactRegisterServer, register: ContactRegister) -> None:
    server.now = lambda: clock.now_utc() + timedelta(seconds=11)
    assert register.ask(["1"]) is None
    assert server.refused == ["iat"]
