from outreach.audience.interest import Interest
from outreach.contact_point.wanted import KINDS_OF, wanted_kinds
from outreach.partners.opportunity import Kind


def test_every_interest_has_its_kinds_and_every_kind_its_interest() -> None:
    assert set(KINDS_OF) == set(Interest)
    assert wanted_kinds(list(Interest)) == set(Kind)
    assert sum(len(kinds) for kinds in KINDS_OF.values()) == len(Kind)


def test_nobody_hears_of_what_they_did_not_ask_for() -> None:
    assert wanted_kinds([]) == set()
    assert wanted_kinds([Interest.JOBS, Interest.PLOTS]) == {Kind.JOB, Kind.TRAINEE, Kind.PLOT}
