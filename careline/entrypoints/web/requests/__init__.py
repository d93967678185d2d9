"""Service requests on the staff's screens: the list, one with its steps, opening one from a case, and the types behind them."""
