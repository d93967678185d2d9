"""What is sold and what was bought: products, orders, payments, shipments, and what comes after the sale.

It owns the money and the stock of every order, and that both always add up: each act is a plan (`rules/`) that a command
carries out once. It does not know who may do what up to which amount, nor how a case is answered.
"""
