"""WooCommerce: REST API v3 and webhooks, as its public documentation says (woocommerce.github.io/woocommerce-rest-api-docs)."""
