"""The words by which mail programs, in many languages, introduce what they quote and sign what they send."""

from __future__ import annotations

import re


def _labels(words: str) -> frozenset[str]:
    return frozenset(
        word.strip().lower().replace("i\u0307", "i") for word in words.replace("\n", "|").split("|") if word.strip()
    )


# Header labels of a quoted or forwarded mail.
FROM = _labels(
    """
    from|von|de|da|van|od|från|fra|lähettäjä|feladó|от|от кого|від|від кого|kimden|gönderen|από|差出人|送信者|发件人
    寄件者|寄件人|보낸 사람|보낸사람|من|מאת|expéditeur|remitente|mittente|afzender|nadawca|odesílatel|отправитель
    відправник|avsändare|afsender|avsender|de la|из|expeditor|dari|từ|จาก|oд|od kogo|на
    """
)
SENT = _labels(
    """
    sent|date|gesendet|gesendet am|datum|envoyé|envoyé le|date d'envoi|enviado|enviado el|enviado em
    enviada em|enviada|fecha|data|inviato|data invio|verzonden|wysłano|wysłane|data wysłania|skickat
    skickades|sendt|dato|sendt dato|lähetetty|päivämäärä|päiväys|pvm|odesláno|odoslané|elküldve|küldve
    küldés dátuma|dátum|отправлено|дата|надіслано|відправлено|gönderildi|gönderilme|tarih|gönderme tarihi
    στάλθηκε|ημερομηνία|αποστολή|送信日時|日時|日付|发送时间|日期|傳送時間|寄件日期|時間|时间|보낸 날짜
    날짜|보낸날짜|التاريخ|تاريخ الإرسال|أرسل
    تم الإرسال|נשלח|תאריך|trimis|dikirim|tanggal|ngày|đã gửi|วันที่|ส่ง|เวลา
    """
)
TO = _labels(
    """
    to|an|à|a|para|aan|do|komu|till|til|vastaanottaja|címzett|кому|kime|alıcı|προς|宛先|收件人|收件者
    받는 사람|받는사람|إلى
    אל|destinataire|destinatario|destinatário|pro|către|kepada|đến|tới|ถึง|empfänger|cc|kopie|copie|copia|dw
    kopia|kopi|kopio|копия|копія|bilgi|κοιν|抄送|副本|참조|نسخة|עותק|másolatot kap|reply-to|antwort an
    """
)
SUBJECT = _labels(
    """
    subject|betreff|objet|asunto|oggetto|onderwerp|assunto|temat|ämne|emne|aihe|předmět|predmet|tárgy|тема
    konu|θέμα|件名|主题|主題|主旨|제목|الموضوع|נושא|subiect|perihal|subjek|chủ đề|เรื่อง|re
    """
)

# Verbs of an attribution line: "… wrote:". Latin ones need word borders, the others stand glued to their neighbours.
_WROTE = (
    "wrote|writes|said|schrieb|schrieben|a écrit|écrit|escribió|escribio|escribiste|ha scritto|scritto|scrive|"
    "schreef|heeft geschreven|escreveu|napisał|napisała|napisał\\(a\\)|napisał/a|pisze|skrev|kirjoitti|napsal|"
    "napsala|napsal\\(a\\)|napísal|napísala|napísal\\(a\\)|írta|ezt írta|írta a következőt|a következőt írta|a scris|yazdı|"
    "şunu yazdı|şunları yazdı|написал|написала|написал\\(а\\)|пишет|писал|писала|написав|написала|пише|написа|έγραψε|"
    "έγραψες|menulis|đã viết|"
    "je napisao|je napisala|je napisal|va escriure|kirjutas|rašė|rakstīja"
)
_WROTE_GLUED = (
    "写道|寫道|写道|のメッセージ|書きました|さんは書きました|작성|님이 작성|씀|เขียน|ได้เขียนว่า|كتب|כתב|כתבה|नेलिखा|ने लिखा"
)
WROTE = re.compile(rf"(?<![^\W\d_])(?:{_WROTE})(?![^\W\d_])|{_WROTE_GLUED}", re.I)

# How an attribution line begins, where it does not begin with the name or the date.
OPENS = re.compile(
    r"(?:On|At|Am|Vom|Le|El|Il(?: giorno)?|Op|Em|W dniu|Dnia|Den|Dňa|Dne|Pada|Vào|La|În|Den|På|A|Στις|Την|Τη|В|У|"
    r"Het|Fecha|Data|Date|From|Von|De|Da|Od|من|في|بتاريخ|ב|בתאריך|ב-|于|在|於)(?=[\s\d,-])",
)

_DIVIDERS = """
    original message|original appointment|original mail|forwarded message|forwarded mail|reply message
    begin forwarded message|ursprüngliche nachricht|originalnachricht|original-nachricht
    ursprünglicher termin|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|message d'origine
    message original|message transféré|message initial|message forwardé|début du message transféré
    début du message réexpédié|mensaje original|mensaje reenviado|inicio del mensaje reenviado
    messaggio originale|messaggio inoltrato|inizio messaggio inoltrato|oorspronkelijk bericht
    origineel bericht|doorgestuurd bericht|begin doorgestuurd bericht|mensagem original|mensagem encaminhada
    início da mensagem reencaminhada|oryginalna wiadomość|wiadomość oryginalna|wiadomość przekazana
    przekazana wiadomość|treść przekazanej wiadomości|ursprungligt meddelande|originalmeddelande
    vidarebefordrat meddelande|vidarebefordrat brev|oprindelig meddelelse|oprindelig besked
    videresendt meddelelse|videresendt besked|opprinnelig melding|videresendt melding|alkuperäinen viesti
    välitetty viesti|původní zpráva|přeposlaná zpráva|pôvodná správa|preposlaná správa|eredeti üzenet
    továbbított üzenet|továbbított levél|исходное сообщение|пересылаемое сообщение|пересланное сообщение
    конец переадресованного сообщения|оригінальне повідомлення|вихідне повідомлення|переслане повідомлення
    orijinal mesaj|özgün ileti|özgün mesaj|iletilen mesaj|iletilmiş mesaj|αρχικό μήνυμα|προωθημένο μήνυμα
    元のメッセージ|転送されたメッセージ|転送メッセージ|原始邮件|原邮件|原始郵件|转发的邮件|轉寄郵件
    转发邮件|邮件原件|원본 메시지|원본 메일|전달된 메시지|전달된 메일|الرسالة الأصلية
    رسالة معاد توجيهها|الرسالة المعاد توجيهها|הודעה מקורית|הודעה שהועברה|ההודעה המקורית|mesaj original
    mesaj redirecționat|pesan asli|pesan yang diteruskan|thư gốc|ข้อความต้นฉบับ|izvorna poruka
    izvirno sporočilo
    """
DIVIDERS = _labels(_DIVIDERS)

_DEVICE = (
    r"(?:iphon|ipad|android|samsung|galaxy|huawei|xiaomi|outlook|yahoo|gmail|gmx|proton|icloud|tuta|aol|ios|mail|mobil|"
    r"phone|telefon|blackberry|windows|spark|superhuman)"
)
# A line of this alone, near the end, is what a telephone or a mail program adds. Where the phrase could also be about a
# parcel, the name of a device or a program has to follow.
SENT_FROM = re.compile(
    r"(?:"
    rf"sent from \S|sent (?:via|with|using) .{{0,30}}{_DEVICE}|get outlook for|get yahoo mail|"
    r"von .{2,60} gesendet\b|gesendet (?:von|mit|über|aus) |diese nachricht wurde von meinem|hol dir outlook|"
    r"outlook für (?:ios|android)|"
    r"envoyé (?:de mon|de ma|depuis|à partir d|via|avec)|téléchargez outlook|obtenir outlook|"
    r"enviado desde (?:mi|el|un|una|yahoo|outlook)|obtener outlook|"
    rf"enviad[oa] (?:do meu|da minha|a partir d)|enviado (?:do|via|pelo) .{{0,20}}{_DEVICE}|obter o outlook|"
    rf"inviato d(?:a|al|alla|all)\b.{{0,30}}{_DEVICE}|scarica outlook|ottieni outlook|"
    rf"(?:verzonden|verstuurd) (?:vanaf|met|via|vanuit) .{{0,30}}{_DEVICE}|outlook voor|download outlook|"
    rf"wysłan[eoya]+ z .{{0,30}}{_DEVICE}|pobierz .{{0,12}}outlook|"
    rf"skickat från|skickades från|hämta outlook|sendt fra (?:min|mit|mitt|{_DEVICE})|hent outlook|få outlook|"
    rf"lähetetty .{{0,30}}{_DEVICE}|hanki outlook|odesláno z .{{0,20}}{_DEVICE}|odoslané z .{{0,20}}{_DEVICE}|"
    rf"získat outlook|.{{0,10}}{_DEVICE}.{{0,20}} küldve|küldve .{{0,12}}{_DEVICE}|"
    rf"отправлено (?:с|из) .{{0,30}}(?:{_DEVICE}|почт|моб)|(?:надіслано|відправлено) з .{{0,30}}{_DEVICE}|"
    rf".{{0,20}}{_DEVICE}.{{0,20}} gönderildi|(?:στάλθηκε|εστάλη) από .{{0,20}}{_DEVICE}|"
    rf".{{0,10}}{_DEVICE}.{{0,10}}から送信|(?:发自|發自|寄自|傳送自|從我的)|.{{0,10}}{_DEVICE}.{{0,10}}에서 보냄|"
    rf"أُ?رسلت من .{{0,20}}{_DEVICE}|נשלח מה.{{0,20}}{_DEVICE}|trimis de pe|dikirim dari .{{0,20}}{_DEVICE}|"
    rf"được gửi từ .{{0,20}}{_DEVICE}|ส่งจาก.{{0,20}}{_DEVICE}"
    r")",
    re.I,
)

DISCLAIMER = re.compile(
    r"[\s*_=-]{0,20}(?:"
    r"(?:confidentiality|privacy|legal|important|e-?mail) (?:notice|note|disclaimer)\b|disclaimer\b|"
    r"haftungsausschluss\b|"
    r"(?:the|all) (?:information|contents?) (?:contained |transmitted )?(?:in|of|with) (?:this|the) (?:e-?mail|"
    r"message|communication)|"
    r"(?:the )?information contained in this (?:e-?mail|message|communication)|"
    r"this (?:e-?mail|message|communication|transmission)(?: message)?,?(?: and| \(|,? including| w/| contains|"
    r" is| may| has been| together)|"
    r"diese (?:e-?mail|nachricht|mail) (?:enthält|ist|kann|und)|der inhalt dieser e-?mail|"
    r"ce (?:message|courriel|mail|courrier)(?: électronique)? (?:et|est|contient|peut)|"
    r"este (?:mensaje|correo|e-?mail|mensagem)(?: electrónico)? (?:y|e|contiene|contém|es|é|puede|pode|se dirige)|"
    r"esta mensagem|(?:questo|il presente) (?:messaggio|e-?mail)|dit (?:bericht|e-?mail)|deze e-?mail|"
    r"de informatie in dit|"
    r"(?:niniejsza|ta|treść tej) (?:wiadomość|wiadomości)|detta (?:meddelande|e-post)|denne (?:e-?mail|e-?post|"
    r"meddelelse|besked)|"
    r"tato zpráva|ez az (?:üzenet|e-?mail)|это (?:сообщение|электронное)|настоящее сообщение|bu (?:e-posta|"
    r"mesaj|ileti)|"
    r"please (?:consider the environment|think before you print)|virus-free|virenfrei|"
    r"this email has been (?:scanned|checked)"
    r")",
    re.I,
)
# A disclaimer says so by one of these as well; "This message is for Ben" alone is nobody's disclaimer.
DISCLAIMS = re.compile(
    r"confidential|privileged|intended (?:solely|only|recipient)|disclaim|legal notice|privacy notice|virus|"
    r"environment|vertraulich|confidenti|confidencia|"
    r"riservat|vertrouwelijk|poufn|konfidentiel|sekretess|důvěrn|bizalmas|конфиденциальн|gizli|haftung|scanned",
    re.I,
)
