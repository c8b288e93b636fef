"""What staff of the demo sign in with can be chosen."""

from flask import Flask


def test_the_password_can_be_chosen(app: Flask) -> None:
    result = app.test_cli_runner().invoke(
        args=["demo", "load", "--people", "250"], env={"DEMO_PASSWORD": "rød sykkel under brua"}
    )
    assert "rød sykkel under brua" in result.output
