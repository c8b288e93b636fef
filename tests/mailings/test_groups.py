from dataclasses import fields, replace

import pytest

from outreach.mailings.groups import GROUP_WORDS, Group, HouseholdFacts, channel_of, judge, reason_of, rules
from outreach.mailings.mailing import OF_AN_EVENT, Kind
from outreach.outbox.states import Channel, Reason

EMAIL, SMS = Channel.EMAIL, Channel.SMS
BOTH = (EMAIL, SMS)
REACHED = HouseholdFacts(has_email=True, has_mobile=True)


@pytest.mark.parametrize(
    ("facts", "channels", "group"),
    [
        ({}, BOTH, Group.LETTER),
        ({"has_email": True}, BOTH, Group.EMAIL),
        ({"has_mobile": True}, BOTH, Group.SMS),
        ({"has_email": True, "has_mobile": True}, BOTH, Group.EMAIL),
        ({"has_email": True, "has_mobile": True}, (SMS, EMAIL), Group.SMS),
        ({"has_mobile": True}, (EMAIL,), Group.LETTER),
    ],
)
def test_the_first_channel_that_reaches_is_taken(facts, channels, group) -> None:
    assert judge(HouseholdFacts(**facts), Kind.MESSAGE, channels) is group


@pytest.mark.parametrize(
    ("facts", "asks_register", "group"),
    [
        ({"can_be_asked": True}, True, Group.REGISTER),
        ({"can_be_asked": True}, False, Group.LETTER),
        ({"can_be_asked": False}, True, Group.LETTER),
        ({"can_be_asked": True, "has_mobile": True}, True, Group.SMS),
        ({"can_be_asked": True, "is_suppressed": True}, True, Group.SUPPRESSED),
        ({"can_be_asked": True, "is_protected": True}, True, Group.BY_HAND),
    ],
)
def test_the_register_is_asked_last_and_only_where_that_was_chosen(facts, asks_register, group) -> None:
    assert judge(HouseholdFacts(**facts), Kind.REMINDER, BOTH, asks_register=asks_register) is group


@pytest.mark.parametrize(
    ("kind", "fact", "group"),
    [
        *((kind, "is_in_mailing", Group.IN_MAILING) for kind in OF_AN_EVENT),
        *((kind, "is_erased", Group.ERASED) for kind in OF_AN_EVENT),
        *((kind, "is_revoked", Group.REVOKED) for kind in OF_AN_EVENT),
        *((kind, "is_protected", Group.BY_HAND) for kind in OF_AN_EVENT),
        (Kind.REMINDER, "is_set_aside", Group.BY_HAND),
        (Kind.INFORMATION, "is_set_aside", Group.EMAIL),
        (Kind.REMINDER, "is_answered", Group.ANSWERED),
        (Kind.INFORMATION, "is_answered", Group.EMAIL),
        (Kind.REMINDER, "is_not_coming", Group.EMAIL),
        *((kind, "is_not_coming", Group.NOT_COMING) for kind in OF_AN_EVENT if kind is not Kind.REMINDER),
        (Kind.THANKS, "is_not_here", Group.NOT_CAME),
        (Kind.MESSAGE, "is_not_here", Group.EMAIL),
        (Kind.REMINDER, "is_suppressed", Group.SUPPRESSED),
        (Kind.THANKS, "is_suppressed", Group.SUPPRESSED),
        (Kind.MESSAGE, "is_suppressed", Group.SUPPRESSED),
        (Kind.INFORMATION, "is_suppressed", Group.EMAIL),
        (Kind.CHANGE, "is_suppressed", Group.EMAIL),
    ],
)
def test_each_fact_stops_the_kinds_that_it_is_about(kind: Kind, fact: str, group: Group) -> None:
    assert judge(replace(REACHED, **{fact: True}), kind, BOTH) is group


@pytest.mark.parametrize("kind", OF_AN_EVENT)
def test_protection_wins_over_what_would_tell_more(kind: Kind) -> None:
    everything = HouseholdFacts(**{field.name: True for field in fields(HouseholdFacts)})
    facts = replace(everything, is_in_mailing=False, is_erased=False, is_revoked=False)
    assert judge(facts, kind, BOTH) is Group.BY_HAND


@pytest.mark.parametrize("kind", OF_AN_EVENT)
def test_every_rule_is_about_a_fact_that_there_is(kind: Kind) -> None:
    names = {field.name for field in fields(HouseholdFacts)}
    assert {name for _group, name in rules(kind, BOTH)} <= names


def test_every_group_has_words_and_either_a_channel_or_a_reason() -> None:
    assert set(GROUP_WORDS) == set(Group)
    assert {group for group in Group if channel_of(group)} == {Group.EMAIL, Group.SMS}
    assert reason_of(Group.ANSWERED) is Reason.ANSWERED
    assert reason_of(Group.LETTER) is Reason.NO_ADDRESS
