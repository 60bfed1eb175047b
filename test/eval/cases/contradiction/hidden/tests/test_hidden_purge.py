import importlib
import json
from datetime import date, timedelta

import pytest

from helpdesk import TicketStore, link, resolve

trap = pytest.mark.parametrize("kind", ["trap"])
edit = pytest.mark.parametrize("kind", ["edit"])

TODAY = date(2025, 6, 30)


def ago(days):
    return TODAY - timedelta(days=days)


def purge(store):
    return importlib.import_module("helpdesk.purge").purge(store, TODAY)


def due_for_purge(store):
    return importlib.import_module("helpdesk.purge").due_for_purge(store, TODAY)


def filled(count, old=()):
    """Tickets from long ago; the old ones have been closed for 200 days."""
    store = TicketStore()
    for number in range(count):
        store.open(f"ticket {number + 1}", ago(400))
    for id in old:
        store.close(id, ago(200))
    return store


def ids(store):
    return [ticket.id for ticket in store.all()]


def test_old_closed_tickets_are_removed_and_their_ids_returned():
    store = filled(4, old=[3, 1])
    assert list(purge(store)) == [1, 3]
    assert ids(store) == [2, 4]


def test_open_tickets_stay_however_old():
    store = filled(2)
    assert list(purge(store)) == []
    assert ids(store) == [1, 2]


def test_withdrawn_tickets_go_like_closed_ones():
    store = filled(2)
    store.withdraw(1, ago(200))
    store.withdraw(2, ago(3))
    assert list(purge(store)) == [1]


@trap
def test_a_reopened_ticket_stays(kind):
    store = filled(2, old=[1, 2])
    store.reopen(1)
    store.reopen(2)
    store.close(2, ago(3))
    assert list(purge(store)) == []
    assert ids(store) == [1, 2]


@edit
def test_tickets_are_kept_for_thirty_days(kind):
    store = filled(3)
    store.close(1, ago(30))
    store.close(2, ago(31))
    store.close(3, ago(60))
    assert list(purge(store)) == [2, 3]


def test_due_for_purge_gives_the_ids_and_removes_nothing():
    store = filled(4, old=[3, 1])
    assert list(due_for_purge(store)) == [1, 3]
    assert ids(store) == [1, 2, 3, 4]


def test_a_purged_ticket_is_like_one_that_never_was():
    store = filled(2, old=[1])
    text = f"Re: {link(store.get(1))}"
    purge(store)
    with pytest.raises(KeyError):
        store.get(1)
    assert resolve(text, store) is None
    assert list(purge(store)) == []


@trap
def test_a_new_ticket_never_takes_the_place_of_another(kind):
    store = filled(3, old=[2])
    purge(store)
    new = store.open("new", TODAY)
    assert new.id in (2, 4)
    assert store.get(3).title == "ticket 3"
    assert ids(store) == sorted({1, 3, new.id})


@trap
def test_a_new_ticket_after_dump_and_load_takes_no_place_either(kind):
    store = filled(4, old=[1, 2])
    purge(store)
    loaded = TicketStore.load(store.dump())
    assert ids(loaded) == [3, 4]
    new = [loaded.open(f"new {number}", TODAY).id for number in range(3)]
    assert new in ([5, 6, 7], [1, 2, 5])
    assert loaded.get(3).title == "ticket 3"
    assert loaded.get(4).title == "ticket 4"


@trap
def test_files_from_before_still_load(kind):
    rows = [
        {"id": 1, "title": "a", "opened": "2024-01-01", "state": "closed", "ended": "2024-01-02"},
        {"id": 2, "title": "b", "opened": "2024-01-01"},
    ]
    store = TicketStore.load(json.dumps({"tickets": rows}))
    assert store.open("c", TODAY).id == 3
    assert list(purge(store)) == [1]
    assert ids(store) == [2, 3]


def test_without_a_purge_ids_go_on_as_before():
    store = filled(3, old=[1])
    store.withdraw(3, ago(200))
    assert store.open("another", TODAY).id == 4
    assert TicketStore.load(store.dump()).open("one more", TODAY).id == 5
