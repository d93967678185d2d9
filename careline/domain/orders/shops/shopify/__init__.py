"""Shopify: Admin API and webhooks, as its public documentation says (shopify.dev/docs/api/admin-rest, version 2025-01)."""
