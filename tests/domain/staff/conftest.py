"""The named world, with its people at hand."""

import pytest

from tests.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()
