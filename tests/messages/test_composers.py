from types import SimpleNamespace

import pytest

from outreach.messages.composers import composer_of, register_composer


def test_a_kind_has_one_composer() -> None:
    app = SimpleNamespace(extensions={})
    register_composer(app, "greeting", lambda row: row, after_event=True)
    found = composer_of(app, "greeting")
    assert found is not None
    assert found.after_event
    assert composer_of(app, "other") is None
    with pytest.raises(ValueError, match="greeting"):
        register_composer(app, "greeting", lambda row: row)
