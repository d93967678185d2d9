"""Reading what we know of people and companies."""

from careline.domain.customers.queries.people import addresses_of, customer_by_id, customer_id_of

__all__ = ["addresses_of", "customer_by_id", "customer_id_of"]
