#!/bin/sh
# Usage: bin/messages.sh [update|compile]
# update   takes the words of our templates and code into careline/locale/*/LC_MESSAGES/django.po; what is translated stays
# compile  makes the django.mo beside each that the program reads, where it is older than its .po
set -eu
cd "$(dirname "$0")/.."
pybabel=.venv/bin/pybabel

compile() {
    for po in careline/locale/*/LC_MESSAGES/django.po; do
        mo=${po%.po}.mo
        if [ -f "$po" ] && { [ ! -f "$mo" ] || [ -n "$(find "$po" -newer "$mo")" ]; }; then
            "$pybabel" -q compile -i "$po" -o "$mo"
        fi
    done
}

update() {
    pot=$(mktemp)
    trap 'rm -f "$pot"' EXIT
    PYTHONPATH=bin "$pybabel" -q extract -F babel.cfg -k gettext_noop -k gettext_lazy -k ngettext_lazy:1,2 -c "Translators:" \
        --add-location file --sort-by-file --no-wrap --project Careline --copyright-holder "the Careline authors" -o "$pot" careline
    for po in careline/locale/*/LC_MESSAGES/django.po; do
        language=${po#careline/locale/}
        "$pybabel" -q update --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
            -D django -l "${language%%/*}" -i "$pot" -o "$po"
        # Dates and addresses of nobody would change with each run.
        sed -e '/^"\(Report-Msgid\|POT-Creation\|PO-Revision\|Last-Trans\|Language-Team\|Generated-By\)/d' -e 's/^"Project-Id.*/"Project-Id-Version: Careline\\n"/' "$po" >"$pot.po"
        mv "$pot.po" "$po"
    done
}

case ${1:-update} in
update)
    update
    compile
    ;;
compile) compile ;;
*) echo "usage: bin/messages.sh [update|compile]" >&2 && exit 2 ;;
esac
