"""Every reason has words, and no words tell of protection."""

from outreach.audience.exclusions import WORDS, Inclusion, Reason, words


def test_every_reason_has_words():
    assert {*Reason, *Inclusion} == set(WORDS)
    assert all(words(reason.value).strip() for reason in (*Reason, *Inclusion))


def test_no_reason_tells_a_protected_person_from_others():
    text = " ".join([*WORDS.values(), *WORDS]).casefold()
    for word in ("fortrolig", "beskyt", "skjerm", "grader", "klient", "hemmelig", "protect", "kode"):
        assert word not in text
