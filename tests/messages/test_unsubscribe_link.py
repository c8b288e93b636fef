import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.messages.unsubscribe_link import UnsubscribeLinkError, Wish, read, token_of

WISH = Wish("newsletter", "1:" + "a" * 27)


def mac(signed: str) -> bytes:
    return hashlib.sha256(b"key" + signed.encode()).digest()


@pytest.mark.parametrize("wish", [WISH, Wish("invitation", "1.2.13:" + "-_9" * 9)])
def test_a_token_gives_back_its_wish(wish: Wish) -> None:
    assert read(token_of(wish, mac), mac) == wish


@pytest.mark.parametrize(
    "other",
    [
        Wish("invitation", WISH.subject_hash),
        Wish("newsletter", "2:" + "a" * 27),
        Wish("newsletter", "1:" + "a" * 26 + "b"),
    ],
)
def test_the_mac_of_one_wish_does_not_fit_another(other: Wish) -> None:
    stolen = token_of(WISH, mac).rsplit("~", 1)[1]
    forged = token_of(other, mac).rsplit("~", 1)[0] + "~" + stolen
    with pytest.raises(UnsubscribeLinkError):
        read(forged, mac)


@given(st.integers(0, 60), st.sampled_from("abz019~-_.æ\x00"))
def test_one_changed_character_opens_nothing(at: int, char: str) -> None:
    token = token_of(WISH, mac)
    at = min(at, len(token) - 1)
    changed = token[:at] + char + token[at + 1 :]
    if changed != token:
        with pytest.raises(UnsubscribeLinkError):
            read(changed, mac)


@pytest.mark.parametrize("token", ["", "~", token_of(WISH, mac)[:-1], token_of(WISH, mac) + "a", "x" * 5000])
def test_what_is_cut_or_none_of_ours_opens_nothing(token: str) -> None:
    with pytest.raises(UnsubscribeLinkError):
        read(token, mac)
