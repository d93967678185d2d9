"""A server that speaks like Stripe's public interface, for the demo, for trying out and for tests: no money anywhere.

It can be told to fail as real ones do (`faults`): to be busy, to break, or to time out after it has done what was asked.
"""

from careline.domain.orders.gateways.fake.server import KEY, WEBHOOK_SECRET, Answered, FakeStripe

__all__ = ["KEY", "WEBHOOK_SECRET", "Answered", "FakeStripe"]
