"""Stripe: Checkout sessions, refunds, webhooks, as its public documentation says (docs.stripe.com/api, version 2024-06-20)."""
