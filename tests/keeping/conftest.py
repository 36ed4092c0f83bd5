"""What the tests of keeping share."""

from tests.support.growing import source

__all__ = ["source"]
