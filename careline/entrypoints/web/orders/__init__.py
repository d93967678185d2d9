"""Orders on screen: the list, one order, each act with what it will do, and the orders beside a case."""
