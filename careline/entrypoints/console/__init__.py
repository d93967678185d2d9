"""The `careline` command, one module for each word of it; `main.py` names them, and `serve.py` starts the other doors."""
