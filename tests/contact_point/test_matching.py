"""Which keys of the register a name and a year of birth may have."""

from outreach.contact_point.matching import weak_keys


def test_tries_each_day_and_each_way_to_part_the_name() -> None:
    keys = list(weak_keys("Åse Marie Berg", 2004))
    assert len(keys) == 3 * 366
    for wanted in ("åse berg 2004-02-29", "åse marie berg 2004-12-31"):
        assert wanted in keys
    assert keys.count("åse marie berg 2004-01-01") == 2


def test_a_name_of_one_word_is_nobody_in_the_register() -> None:
    assert list(weak_keys("Åse", 2004)) == []
