"""The `careline` command: finds the sub-command, imports that one only, and turns refusals into one sentence.

A sub-command is a module with `add_arguments(parser)` and `run(args) -> int`. Where one module serves several
(`user`, `token`), `parser.get_default("command")` and `args.command` say which. It may raise Refusal.
"""

import argparse
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import NoReturn

from careline.entrypoints.console.refusal import Refusal

_HERE = "careline.entrypoints.console"
COMMANDS = {
    "serve": ("serve", "run everything: database, web, worker, mail doors"),
    "demo": ("serve", "the same with a seeded company and fake channels"),
    "init": ("init", "first administrator, company and mailbox"),
    "user": ("people", "add people"),
    "token": ("people", "an API token for a person"),
    "deliver": ("deliver", "hand in raw mail, as a mail server's pipe does"),
    "mail": ("mail", "show how a mail is understood"),
    "doctor": ("doctor", "check the installation and say the mend"),
    "backup": ("backup", "the whole install in one file, while it runs"),
    "restore": ("restore", "put a backup in place"),
    "export": ("export", "everything in open formats"),
    "import": ("import_", "in from an export of ours, or from another desk"),
}
# The parts of `serve`, each a process of its own; nobody types these.
_PARTS = {"_migrate": "parts", "_seed": "parts", "_web": "parts", "_worker": "parts"}


def main(words: list[str] | None = None) -> int:
    words = sys.argv[1:] if words is None else words
    try:
        return _dispatch(words)
    except Refusal as refusal:
        if str(refusal):
            print(f"careline: {refusal}", file=sys.stderr)  # noqa: T201
        return refusal.code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain once more at exit.
        sys.stdout = None
        return 1


def _dispatch(words: list[str]) -> int:
    if not words or words[0] in ("-h", "--help", "help"):
        print(_overview())  # noqa: T201
        return 0 if words else 2
    if words[0] == "--version":
        print(_version())  # noqa: T201
        return 0
    name = words[0]
    module_name = COMMANDS[name][0] if name in COMMANDS else _PARTS.get(name)
    if module_name is None:
        raise Refusal(f"There is no command {name!r}; `careline --help` lists them.")
    if find_spec(f"{_HERE}.{module_name}") is None:
        raise Refusal(f"`careline {name}` is not built yet.")
    module = import_module(f"{_HERE}.{module_name}")
    parser = _Parser(prog=f"careline {name}", description=COMMANDS.get(name, ("", ""))[1])
    parser.set_defaults(command=name)
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(words[1:])))


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Refusal(f"{message}; see `{self.prog} --help`.")


def _overview() -> str:
    lines = [f"  {name:<10}{help_text}" for name, (_, help_text) in COMMANDS.items()]
    return "usage: careline COMMAND [OPTION …]\n\n" + "\n".join(lines) + "\n\n`careline COMMAND --help` says more."


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("careline")
    except PackageNotFoundError:
        return "unknown (not installed)"


if __name__ == "__main__":
    sys.exit(main())
