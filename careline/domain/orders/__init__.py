"""Products, orders, payments, shipments, returns, exchanges and refunds."""
