"""Settings: a bad value stops the start with one line that names the variable."""

from pathlib import Path

import pytest

from outreach.settings import SettingError, Settings


def _settings(folder: Path, **environ: str) -> Settings:
    return Settings.from_env({"INSTANCE_DIR": str(folder), **environ})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ORGANISATION_COLOUR", ""),
        ("ORGANISATION_COLOUR", "red"),
        ("ORGANISATION_COLOUR", "8c1d18"),
        ("ORGANISATION_COLOUR", "#8c1"),
        ("ORGANISATION_COLOUR", "#8c1d18;}"),
        ("ORGANISATION_COLOUR", "#8c1d1g"),
        ("ORGANISATION_NUMBER", "12345678"),
        ("ORGANISATION_NAME", " "),
        ("PUBLIC_URL", "treffpunkt.modum.kommune.no"),
        ("CONTACT_EMAIL", "servicetorget"),
        ("MUNICIPALITY_NUMBERS", "3316,62"),
        ("RELEASE_ABOVE", "-1"),
        ("SYNTHETIC_NUMBERS", "maybe"),
        ("MAIL_URL", "ftp://mail"),
    ],
)
def test_a_bad_value_is_refused_by_name_in_one_line(tmp_path: Path, variable: str, value: str) -> None:
    with pytest.raises(SettingError) as refused:
        _settings(tmp_path, **{variable: value})
    line = str(refused.value)
    assert line.startswith(f"{variable}: ")
    assert "\n" not in line


@pytest.mark.parametrize(("given", "read"), [("#8C1D18", "#8c1d18"), (" #ffd000 ", "#ffd000")])
def test_colour_is_read_in_either_case(tmp_path: Path, given: str, read: str) -> None:
    assert _settings(tmp_path, ORGANISATION_COLOUR=given).organisation_colour == read


def test_colour_is_modums_when_none_is_given(tmp_path: Path) -> None:
    assert _settings(tmp_path).organisation_colour == "#123e8c"
