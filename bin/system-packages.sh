#!/bin/sh
# What the tests need beside Python: a Chromium to drive and a Dovecot to fetch mail from.
set -eu
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/usr/local/sbin

has_browser() {
    command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1
}

has_imap_server() {
    command -v dovecot >/dev/null 2>&1 && { [ ! -d /usr/lib/dovecot ] || [ -e /usr/lib/dovecot/imap ]; }
}

missing() {
    has_browser || printf 'chromium '
    has_imap_server || printf 'dovecot-imapd '
}

packages=$(missing)
[ -n "$packages" ] || exit 0
# shellcheck disable=SC2086 # one word per package
bin/apt-install.sh $packages || true
packages=$(missing)
if [ -n "$packages" ]; then
    echo "careline: the tests need Chromium and Dovecot's IMAP server; install here what is missing: $packages" >&2
    exit 2
fi
