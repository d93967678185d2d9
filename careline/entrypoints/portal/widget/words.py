"""What the widget says, in each of our languages: it runs on pages of others, where our catalogs are not.

`%(name)s` is filled in by the script. Where a count decides the form, there is one per category of Unicode's plural rules.
"""

from __future__ import annotations

LANGUAGES = ("en", "de", "fr", "es", "ar")

_WORDS: dict[str, tuple[str, str, str, str, str]] = {
    "chat_with": (
        "Chat with %(name)s", "Chat mit %(name)s", "Discuter avec %(name)s", "Chatear con %(name)s",
        "الدردشة مع %(name)s"),
    "close": ("Close the chat", "Chat schließen", "Fermer la discussion", "Cerrar el chat", "إغلاق الدردشة"),
    "open": (
        "We are here for you", "Wir sind für Sie da", "Nous sommes là pour vous", "Estamos aquí para ayudarle",
        "نحن هنا لمساعدتك"),
    "answers_in": (
        "We usually answer within %(time)s", "Wir antworten meist innerhalb von %(time)s",
        "Réponse habituelle sous %(time)s", "Solemos responder en %(time)s", "نرد عادةً خلال %(time)s"),
    "is_here": (
        "%(name)s is here for you", "%(name)s ist für Sie da", "%(name)s s’occupe de vous", "%(name)s le atiende",
        "%(name)s في خدمتك"),
    "closed": (
        "We are not here at the moment", "Wir sind gerade nicht da", "Nous sommes absents pour le moment",
        "Ahora mismo no estamos", "لسنا متاحين حاليًا"),
    "back_at": (
        "Back: %(when)s", "Wieder da: %(when)s", "De retour : %(when)s", "Volvemos: %(when)s", "نعود: %(when)s"),
    "greeting": (
        "Hello! How can we help?", "Hallo! Wie können wir helfen?", "Bonjour ! Comment pouvons-nous vous aider ?",
        "¡Hola! ¿En qué podemos ayudarle?", "مرحبًا! كيف يمكننا مساعدتك؟"),
    "leave_us": (
        "Leave us a message, and we answer by mail.", "Hinterlassen Sie uns eine Nachricht, wir antworten per E-Mail.",
        "Laissez-nous un message, nous répondrons par e-mail.", "Déjenos un mensaje y le responderemos por correo.",
        "اترك لنا رسالة وسنرد عليك بالبريد الإلكتروني."),
    "your_message": ("Your message", "Ihre Nachricht", "Votre message", "Su mensaje", "رسالتك"),
    "start": ("Start the chat", "Chat beginnen", "Commencer la discussion", "Empezar el chat", "بدء الدردشة"),
    "leave": ("Send the message", "Nachricht senden", "Envoyer le message", "Enviar el mensaje", "إرسال الرسالة"),
    "optional": ("optional", "freiwillig", "facultatif", "opcional", "اختياري"),
    "required": (
        "Please fill this in.", "Bitte ausfüllen.", "Veuillez remplir ce champ.", "Rellene este campo.",
        "يرجى ملء هذا الحقل."),
    "bad_mail": (
        "This does not look like a mail address.", "Das sieht nicht nach einer E-Mail-Adresse aus.",
        "Cela ne ressemble pas à une adresse e-mail.", "Esto no parece una dirección de correo.",
        "لا يبدو هذا عنوان بريد إلكتروني."),
    "choose": ("Please choose", "Bitte wählen", "Veuillez choisir", "Elija una opción", "يرجى الاختيار"),
    "write": ("Write a message", "Nachricht schreiben", "Écrire un message", "Escriba un mensaje", "اكتب رسالة"),
    "send": ("Send", "Senden", "Envoyer", "Enviar", "إرسال"),
    "attach": ("Attach files", "Dateien anhängen", "Joindre des fichiers", "Adjuntar archivos", "إرفاق ملفات"),
    "files": ("Files", "Dateien", "Fichiers", "Archivos", "الملفات"),
    "drop": (
        "Drop the files here", "Dateien hier ablegen", "Déposez les fichiers ici", "Suelte los archivos aquí",
        "أفلت الملفات هنا"),
    "remove": ("Remove %(name)s", "%(name)s entfernen", "Retirer %(name)s", "Quitar %(name)s", "إزالة %(name)s"),
    "save": ("Save %(name)s", "%(name)s speichern", "Enregistrer %(name)s", "Guardar %(name)s", "حفظ %(name)s"),
    "too_large": (
        "%(name)s is larger than %(size)s.", "%(name)s ist größer als %(size)s.", "%(name)s dépasse %(size)s.",
        "%(name)s supera %(size)s.", "حجم %(name)s أكبر من %(size)s."),
    "too_many": (
        "A message takes at most %(n)s files.", "Eine Nachricht fasst höchstens %(n)s Dateien.",
        "Un message accepte au plus %(n)s fichiers.", "Un mensaje admite %(n)s archivos como máximo.",
        "الحد الأقصى للملفات في الرسالة: %(n)s."),
    "still_uploading": (
        "A file is still on its way. Send again in a moment.",
        "Eine Datei ist noch unterwegs. Bitte gleich noch einmal senden.",
        "Un fichier est encore en cours d’envoi. Réessayez dans un instant.",
        "Un archivo aún se está subiendo. Envíe de nuevo en un momento.",
        "ما زال أحد الملفات قيد الرفع. أعد الإرسال بعد لحظة."),
    "file_refused": (
        "%(name)s could not be sent.", "%(name)s konnte nicht gesendet werden.", "%(name)s n’a pas pu être envoyé.",
        "No se pudo enviar %(name)s.", "تعذّر إرسال %(name)s."),
    "preview": (
        "We see what you write before you send it.", "Wir sehen schon beim Schreiben, was Sie eingeben.",
        "Nous voyons ce que vous écrivez avant l’envoi.", "Vemos lo que escribe antes de que lo envíe.",
        "نرى ما تكتبه قبل إرساله."),
    "thread": ("Conversation", "Unterhaltung", "Conversation", "Conversación", "المحادثة"),
    "you": ("You", "Sie", "Vous", "Usted", "أنت"),
    "older": (
        "Earlier messages", "Frühere Nachrichten", "Messages précédents", "Mensajes anteriores", "الرسائل السابقة"),
    "sending": ("Sending…", "Wird gesendet…", "Envoi…", "Enviando…", "جارٍ الإرسال…"),
    "seen": ("Seen", "Gesehen", "Vu", "Visto", "تمت القراءة"),
    "not_sent": ("Not sent", "Nicht gesendet", "Non envoyé", "No enviado", "لم تُرسل"),
    "again": ("Try again", "Noch einmal", "Réessayer", "Reintentar", "إعادة المحاولة"),
    "discard": ("Discard", "Verwerfen", "Supprimer", "Descartar", "تجاهل"),
    "typing": (
        "%(name)s is writing", "%(name)s schreibt", "%(name)s écrit", "%(name)s está escribiendo", "%(name)s يكتب الآن"),
    "lost": (
        "No connection. What you write is kept, and sent when it is back.",
        "Keine Verbindung. Was Sie schreiben, bleibt erhalten und wird danach gesendet.",
        "Pas de connexion. Ce que vous écrivez est conservé et sera envoyé à son retour.",
        "Sin conexión. Lo que escriba se guarda y se enviará cuando vuelva.",
        "لا يوجد اتصال. ما تكتبه محفوظ وسيُرسل عند عودته."),
    "unreachable": (
        "This did not work. Please try again.", "Das hat nicht geklappt. Bitte noch einmal versuchen.",
        "Cela n’a pas fonctionné. Veuillez réessayer.", "No ha funcionado. Inténtelo de nuevo.",
        "لم ينجح ذلك. يرجى المحاولة مرة أخرى."),
    "queue": (
        "You are number %(n)s in line.", "Sie sind Nummer %(n)s in der Reihe.", "Vous êtes numéro %(n)s dans la file.",
        "Es el número %(n)s en la cola.", "رقمك في الانتظار: %(n)s."),
    "wait": (
        "That takes about %(time)s.", "Das dauert etwa %(time)s.", "Attente d’environ %(time)s.",
        "Tardará unos %(time)s.", "الوقت المتوقع: %(time)s."),
    "soon": (
        "Somebody will be with you shortly.", "Gleich ist jemand für Sie da.", "Quelqu’un va bientôt vous répondre.",
        "En breve le atenderá alguien.", "سيرد عليك أحدنا بعد قليل."),
    "by_mail": (
        "We have your message and answer by mail.", "Wir haben Ihre Nachricht und antworten per E-Mail.",
        "Nous avons votre message et répondrons par e-mail.", "Tenemos su mensaje y responderemos por correo.",
        "وصلتنا رسالتك وسنرد عليك بالبريد الإلكتروني."),
    "more": ("More", "Mehr", "Plus", "Más", "المزيد"),
    "end": ("End the chat", "Chat beenden", "Terminer la discussion", "Terminar el chat", "إنهاء الدردشة"),
    "end_sure": (
        "End this chat now?", "Diesen Chat jetzt beenden?", "Terminer cette discussion maintenant ?",
        "¿Terminar este chat ahora?", "هل تريد إنهاء هذه الدردشة الآن؟"),
    "end_yes": ("Yes, end it", "Ja, beenden", "Oui, terminer", "Sí, terminar", "نعم، إنهاء"),
    "end_no": ("Keep chatting", "Weiter chatten", "Continuer", "Seguir chateando", "متابعة الدردشة"),
    "ended": (
        "This chat has ended.", "Dieser Chat ist beendet.", "Cette discussion est terminée.", "Este chat ha terminado.",
        "انتهت هذه الدردشة."),
    "new": (
        "Start a new chat", "Neuen Chat beginnen", "Nouvelle discussion", "Empezar un chat nuevo", "بدء دردشة جديدة"),
    "rate": ("How was it?", "Wie war es?", "Comment cela s’est-il passé ?", "¿Qué tal ha ido?", "كيف كانت التجربة؟"),
    "score1": ("Very bad", "Sehr schlecht", "Très mauvais", "Muy mal", "سيئة جدًا"),
    "score2": ("Bad", "Schlecht", "Mauvais", "Mal", "سيئة"),
    "score3": ("All right", "In Ordnung", "Correct", "Normal", "مقبولة"),
    "score4": ("Good", "Gut", "Bien", "Bien", "جيدة"),
    "score5": ("Very good", "Sehr gut", "Très bien", "Muy bien", "جيدة جدًا"),
    "comment": (
        "What should we know?", "Was sollten wir wissen?", "Que devrions-nous savoir ?", "¿Qué deberíamos saber?",
        "ما الذي يجب أن نعرفه؟"),
    "send_rating": ("Send", "Senden", "Envoyer", "Enviar", "إرسال"),
    "thanks": (
        "Thank you for your rating.", "Danke für Ihre Bewertung.", "Merci pour votre avis.",
        "Gracias por su valoración.", "شكرًا على تقييمك."),
    "transcript": (
        "Send me the conversation by mail", "Unterhaltung per E-Mail zusenden", "M’envoyer la conversation par e-mail",
        "Enviarme la conversación por correo", "أرسل لي المحادثة بالبريد الإلكتروني"),
    "transcript_sent": (
        "It is on its way to %(mail)s.", "Sie ist unterwegs an %(mail)s.", "Elle est en route vers %(mail)s.",
        "Va de camino a %(mail)s.", "في الطريق إلى %(mail)s."),
    "mail": ("Mail address", "E-Mail-Adresse", "Adresse e-mail", "Dirección de correo", "البريد الإلكتروني"),
    "help": ("This may help", "Das könnte helfen", "Cela peut vous aider", "Esto puede ayudarle", "قد يفيدك هذا"),
    "helped": (
        "Did that help?", "Hat das geholfen?", "Cela vous a-t-il aidé ?", "¿Le ha servido?", "هل أفادك ذلك؟"),
    "yes": ("Yes", "Ja", "Oui", "Sí", "نعم"),
    "no": ("No", "Nein", "Non", "No", "لا"),
    "glad": ("Glad to hear it.", "Das freut uns.", "Tant mieux !", "Nos alegramos.", "يسعدنا ذلك."),
    "then_write": (
        "Then write to us, we look at it.", "Dann schreiben Sie uns, wir sehen es uns an.",
        "Alors écrivez-nous, nous regardons cela.", "Entonces escríbanos y lo miramos.", "إذن اكتب لنا وسننظر في الأمر."),
    "invitation": ("A word from us", "Ein Wort von uns", "Un mot de notre part", "Un mensaje nuestro", "رسالة منا"),
    "dismiss": ("Dismiss", "Ausblenden", "Masquer", "Ocultar", "إخفاء"),
    "answer": ("Answer", "Antworten", "Répondre", "Responder", "رد"),
}  # fmt: skip

_COUNTED: dict[str, dict[str, dict[str, str]]] = {
    "news": {
        "en": {"one": "one new message", "other": "%(n)s new messages"},
        "de": {"one": "eine neue Nachricht", "other": "%(n)s neue Nachrichten"},
        "fr": {"one": "%(n)s nouveau message", "many": "%(n)s nouveaux messages", "other": "%(n)s nouveaux messages"},
        "es": {"one": "un mensaje nuevo", "many": "%(n)s mensajes nuevos", "other": "%(n)s mensajes nuevos"},
        "ar": {"zero": "لا رسائل جديدة", "one": "رسالة جديدة واحدة", "two": "رسالتان جديدتان", "few": "%(n)s رسائل جديدة",
               "many": "%(n)s رسالة جديدة", "other": "%(n)s رسالة جديدة"},
    },
}  # fmt: skip


def words() -> dict[str, dict[str, str | dict[str, str]]]:
    """By language and key, as the script reads them."""
    return {
        language: {
            **{key: said[place] for key, said in _WORDS.items()},
            **{key: said[language] for key, said in _COUNTED.items()},
        }
        for place, language in enumerate(LANGUAGES)
    }
