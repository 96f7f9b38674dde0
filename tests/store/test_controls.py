"""What buttons carry: back and forth unharmed, never too long, and harmless whatever somebody makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.controls import LONGEST, Control, Kind, control_of, decode, find_source, keep_source, restore
from handlers.lines import parse_line
from handlers.reply import Action, Reply
from handlers.request import Access, Argument, Request
from tests.store.handlers_world import START, World

HERE = "discord:1/10"
LONG = "venezuela " + "caracas maracaibo " * 20

Sources = st.text(max_size=88)


def asked(command: str = "timeline", arguments: dict[str, Argument] | None = None, *, days: float = 0) -> Request:
    now = START + timedelta(days=days)
    return Request(command, arguments or {}, HERE, "discord:7", now=now, access=Access.MANAGE)


def title_of_failure(found: Request | Reply) -> str:
    assert isinstance(found, Reply)
    assert found.failed
    return f"{found.title} {found.data}"


@given(Sources, st.integers(0, 9_999))
def test_a_page_comes_back_as_it_was(source: str, page: int) -> None:
    control = Control(Kind.PAGE, source, page=page)
    assert decode(control.encode()) == control
    assert len(control.encode()) <= LONGEST


@given(Sources, st.sampled_from([Kind.RUN, Kind.EXPORT]))
def test_what_has_no_detail_comes_back_as_it_was(source: str, kind: Kind) -> None:
    control = Control(kind, source)
    assert decode(control.encode()) == control
    assert len(control.encode()) <= LONGEST


@given(Sources, st.sampled_from(["story", "topic", "item"]))
def test_a_form_comes_back_as_it_was(source: str, asks: str) -> None:
    control = Control(Kind.FORM, source, asks=asks)
    assert decode(control.encode()) == control


@given(st.text(max_size=200) | st.text(":wpxaf#/0123456789", max_size=200))
def test_any_text_is_a_control_or_none(text: str) -> None:
    """Nothing that arrives under a button's name breaks the bot."""
    control = decode(text)
    if control is not None:
        assert 0 <= control.page <= 9_999
        assert decode(control.encode()) == control


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ww",
        "ww:p:1",
        "xx:p:1:/feeds",
        "ww:q::/feeds",
        "ww:p::/feeds",
        "ww:p:-1:/feeds",
        "ww:p:+1:/feeds",
        "ww:p: 1:/feeds",
        "ww:p:1_0:/feeds",
        "ww:p:1.0:/feeds",
        "ww:p:٣:/feeds",
        "ww:p:²:/feeds",
        "ww:p:10000:/feeds",
        f"ww:p:{'9' * 5_000}:/feeds",
    ],
)
def test_what_is_none_of_ours_is_none(text: str) -> None:
    assert decode(text) is None


@pytest.mark.parametrize(
    "source", ["#", "#x", "#-1", "#٣", "#²", "#0", "#7", f"#{'9' * 18}", f"#{'9' * 90}", f"#{'9' * 5_000}"]
)
def test_a_number_that_was_never_kept_is_told_in_words(source: str, world: World) -> None:
    """Also one that no database could look for."""
    assert "have expired; ask again" in title_of_failure(restore(source, asked(), world.ports))


def test_other_digits_do_not_find_what_is_kept(world: World) -> None:
    assert keep_source(asked(arguments={"topic": LONG}), world.ports) == "#1"
    assert isinstance(restore("#1", asked(), world.ports), Request)
    assert isinstance(restore("#١", asked(), world.ports), Reply)


@pytest.mark.parametrize("source", ["/nosuch x", "/timeline venezuela --nosuch 1", "/story s1 extra"])
def test_a_line_of_another_version_is_told_in_words(source: str, world: World) -> None:
    assert title_of_failure(restore(source, asked(), world.ports))


def test_a_short_request_is_its_line(world: World) -> None:
    """Such a button works for ever: nothing of it is in the store."""
    request = asked(arguments={"topic": "venezuela", "from": "2018"})
    assert find_source(request) == keep_source(request, world.ports) == "/timeline venezuela 2018"
    again = restore("/timeline venezuela 2018", replace(request, actor="discord:8", access=Access.READ), world.ports)
    assert isinstance(again, Request)
    assert (again.command, again.arguments) == (request.command, request.arguments)
    assert (again.actor, again.access, again.channel) == ("discord:8", Access.READ, HERE)


def test_a_long_request_is_kept_and_asked_again_by_who_presses(world: World) -> None:
    request = asked(arguments={"topic": LONG, "dates": 5})
    assert find_source(request) is None
    source = keep_source(request, world.ports)
    assert source == "#1"
    presser = replace(asked(days=1), actor="discord:8", access=Access.READ, channel="discord:1/11")
    again = restore(source, presser, world.ports)
    assert isinstance(again, Request)
    assert again.arguments == request.arguments
    assert (again.actor, again.access, again.channel) == ("discord:8", Access.READ, "discord:1/11")
    assert again.now == presser.now


@given(st.text(max_size=120))
def test_what_is_carried_always_fits(topic: str) -> None:
    """With the largest page in front of it."""
    source = find_source(asked(arguments={"topic": topic}))
    if source is not None:
        assert len(Control(Kind.PAGE, source, page=9_999).encode()) <= LONGEST


@pytest.mark.parametrize("keep_days", [1, 14, 60])
def test_answers_are_kept_as_long_as_the_settings_say(keep_days: int, world: World) -> None:
    ports = replace(world.ports, settings=replace(world.ports.settings, keep_answers_days=keep_days))
    source = keep_source(asked(arguments={"topic": LONG}), ports)
    assert isinstance(restore(source, asked(days=keep_days), ports), Request)
    late = restore(source, asked(days=keep_days + 0.01), ports)
    assert "have expired; ask again: /timeline" in title_of_failure(late)


def test_an_action_is_a_control() -> None:
    run = control_of(Action("Why", "why", {"item": "n4"}))
    form = control_of(Action("Same story as…", "mark same", {"item": "n4"}, asks="story"))
    assert run == Control(Kind.RUN, "/why n4")
    assert form == Control(Kind.FORM, "/mark same n4", asks="story")
    assert form is not None
    assert parse_line(form.source).arguments == {"item": "n4"}


@given(st.integers(70, 130))
def test_an_action_that_does_not_fit_has_no_button(n_letters: int) -> None:
    """Better no button than one that does something else."""
    control = control_of(Action("Timeline", "timeline", {"topic": "x" * n_letters}))
    fits = len("ww:a::/timeline ") + n_letters <= LONGEST
    assert (control is not None) is fits
    if control is not None:
        assert parse_line(control.source).arguments == {"topic": "x" * n_letters}
