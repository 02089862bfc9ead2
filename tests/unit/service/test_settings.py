"""Settings of the service and what it refuses to start with (``service.settings``)."""

from __future__ import annotations

import pytest

from graph.errors import InvalidSetting
from service.settings import is_loopback, load_settings

KEY = "k" * 32


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.1.2.3", "::ffff:127.0.0.1"])
def test_this_machine_needs_no_key(host: str) -> None:
    """Loopback binds start without a key."""
    settings = load_settings(host=host)
    settings.check()
    assert settings.on_loopback


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "kg.example", ""])
@pytest.mark.parametrize("key", [None, ""])
def test_any_other_bind_refuses_to_start_without_a_key(host: str, key: str | None) -> None:
    """The sentence names the setting, the address and both remedies."""
    with pytest.raises(InvalidSetting) as caught:
        load_settings(host=host, api_key=key).check()
    assert "ZHIZE_API_KEY" in str(caught.value)
    assert "127.0.0.1" in str(caught.value)
    load_settings(host=host, api_key=KEY).check()


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_short_key_is_refused_on_any_bind(host: str) -> None:
    """31 characters are too few; the key itself is not repeated."""
    with pytest.raises(InvalidSetting) as caught:
        load_settings(host=host, api_key="x" * 31).check()
    assert "31" in str(caught.value)
    assert "xxx" not in str(caught.value)


def test_the_key_never_shows_in_a_printed_setting() -> None:
    """Settings may end up in a log."""
    assert KEY not in repr(load_settings(api_key=KEY))


def test_lists_in_the_environment_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    """ZHIZE_CORS_ORIGINS=a, b/ → (a, b)."""
    monkeypatch.setenv("ZHIZE_CORS_ORIGINS", "https://a.example, https://b.example/ ,")
    assert load_settings().cors_origins == ("https://a.example", "https://b.example")
    assert load_settings(frame_ancestors=("https://c.example",)).frame_ancestors == ("https://c.example",)


@pytest.mark.parametrize(("name", "value"), [("ZHIZE_PORT", "http"), ("ZHIZE_PORT", "70000"), ("ZHIZE_MAX_ROWS", "0")])
def test_a_wrong_environment_variable_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """One sentence with the variable's name."""
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSetting, match=name):
        load_settings()


def test_a_wrong_option_is_named_as_the_user_wrote_it() -> None:
    """--port, not ZHIZE_PORT, when the command line gave it."""
    with pytest.raises(InvalidSetting, match="--port"):
        load_settings(port=70000)


def test_an_option_left_out_leaves_the_environment_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    """None means not given."""
    monkeypatch.setenv("ZHIZE_PORT", "8123")
    assert load_settings(port=None).port == 8123


def test_a_name_that_is_no_address_is_not_loopback() -> None:
    """Only the word localhost and loopback addresses are."""
    assert not is_loopback("localhost.example")
    assert not is_loopback("testclient")
