"""`careline init`: the company, its first administrator and its first mailbox; asks, or takes all from flags."""

from __future__ import annotations

import argparse
import sys

from careline.entrypoints.console.datafolder import add_data_argument, open_install, say
from careline.entrypoints.console.people import mail_address, password_from_stdin, sign_in_address, without_nul
from careline.entrypoints.console.refusal import Refusal

_QUESTIONS = {
    "company": "What is the company called?",
    "admin": "Mail address of the first administrator?",
    "mailbox": "Mail address that customers write to (empty for none yet)?",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-input", action="store_true", help="asks nothing: what is needed comes from flags")
    parser.add_argument("--company", metavar="NAME", help="the company's name")
    parser.add_argument("--admin", metavar="EMAIL", type=mail_address, help="the first administrator's mail address")
    parser.add_argument("--name", metavar="N", default="", help="the administrator's name")
    parser.add_argument(
        "--password-stdin", action="store_true", help="takes their password from stdin; else a link is made"
    )
    parser.add_argument("--mailbox", metavar="ADDRESS", type=mail_address, help="the address that customers write to")
    parser.add_argument(
        "--language", metavar="CODE", action="append", help="a language the company answers in; may be given again (en)"
    )
    parser.add_argument("--setting", metavar="NAME=VALUE", action="append", default=[], type=_setting,
                        help="a setting of the mailbox, as in imap_url=imaps://user@host:993; may be given again")  # fmt: skip
    add_data_argument(parser)


def run(args: argparse.Namespace) -> int:
    _fill_in(args)
    with open_install(args.data):
        from careline.domain.channels.commands import AddressTaken, BadSettings
        from careline.domain.history.actor import Actor, ActorKind
        from careline.flows.set_up import AnothersInstall, Founding, set_up
        from careline.kit import clock

        founding = Founding(
            company=args.company, admin=args.admin, name=without_nul(args.name), mailbox=args.mailbox or "",
            password=password_from_stdin() if args.password_stdin else "", mailbox_settings=_typed(dict(args.setting)),
            languages=tuple(args.language or ("en",)),
        )  # fmt: skip
        try:
            token = set_up(founding, by=Actor(ActorKind.SYSTEM, via="console"), at=clock.now())
        except (BadSettings, AddressTaken, AnothersInstall) as error:
            raise Refusal(str(error)) from error
        say(f"{args.company} is set up" + (f"; mail to {args.mailbox} becomes cases." if args.mailbox else "."))
        if token:
            say(f"This link signs {args.admin} in once within 24 hours, while `careline serve` runs:")
            print(sign_in_address(token))  # noqa: T201
    return 0


def _fill_in(args: argparse.Namespace) -> None:
    """Asks for what the flags did not say. Raises Refusal where nobody can be asked."""
    may_ask = not args.no_input and not args.password_stdin and sys.stdin.isatty()
    for name, question in _QUESTIONS.items():
        given = getattr(args, name)
        if given is None and may_ask:
            given = _asked(question, name)
        if not given and name != "mailbox":
            mend = "leave --no-input out to be asked" if args.no_input else "call it in a terminal to be asked"
            raise Refusal(f"Give --{name}, or {mend}.")
        setattr(args, name, given)
    args.company = without_nul(args.company)
    if not args.company:
        raise Refusal("The company needs a name: --company NAME.")
    for language in args.language or ():
        if not language.isascii() or not language.isalpha() or len(language) not in (2, 3):
            raise Refusal(f"{language!r} is not a language's code, as in en or de.")


def _typed(settings: dict[str, str]) -> dict[str, str | bool]:
    """Those that are yes or no as such; one that is unknown is left for the channel to refuse."""
    from careline.domain.channels.adapter import adapter_of

    switches = {setting.name for setting in adapter_of("email").settings if setting.kind == "bool"}
    return {
        name: value.lower() in ("1", "yes", "true", "on") if name in switches else value
        for name, value in settings.items()
    }


def _asked(question: str, name: str) -> str:
    while True:
        print(question, end=" ", file=sys.stderr, flush=True)  # noqa: T201
        answer = sys.stdin.readline()
        if not answer:
            raise Refusal("Nothing was answered, so nothing was set up.")
        answer = answer.strip()
        if name == "company" or not answer:
            return answer
        try:
            return mail_address(answer)
        except argparse.ArgumentTypeError as error:
            print(f"{error}.", file=sys.stderr)  # noqa: T201


def _setting(words: str) -> tuple[str, str]:
    name, equals, value = words.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"{words[:40]!r} is not NAME=VALUE")
    return name, value
