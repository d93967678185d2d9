"""Reading products, orders and what came after them."""
