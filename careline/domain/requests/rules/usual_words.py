"""The words of the usual types in Spanish, French and Arabic, by the English ones."""

from __future__ import annotations

from collections.abc import Mapping

SPOKEN = ("es", "fr", "ar")
SAID: Mapping[str, tuple[str, str, str]] = {
    "Check what was filled in": ("Revisar lo indicado", "Vérifier ce qui a été rempli", "مراجعة البيانات المعبأة"),
    "Decide": ("Decidir", "Décider", "اتخاذ القرار"),
    "Tell the customer": ("Informar al cliente", "Informer le client", "إبلاغ العميل"),
    "Papers": ("Documentos", "Justificatifs", "المستندات"),
    "Your income does not cover it.": (
        "Sus ingresos no lo cubren.", "Vos revenus ne suffisent pas.", "دخلك لا يغطي ذلك.",
    ),
    "Earlier payments were late.": (
        "Hubo pagos anteriores con retraso.", "Des paiements précédents étaient en retard.", "تأخرت دفعات سابقة.",
    ),
    "What you told us was not complete.": (
        "Los datos que nos dio no estaban completos.", "Vos indications n’étaient pas complètes.", "البيانات التي قدمتها لم تكن كاملة.",
    ),
    "Dear {name},\n\nwe can offer you {amount} instead. {reason}\n\nWould that do? Just answer this message.": (
        "Hola, {name}:\n\nEn su lugar podemos ofrecerle {amount}. {reason}\n\n¿Le parece bien? Basta con responder a este mensaje.",
        "Bonjour {name},\n\nnous pouvons vous proposer {amount} à la place. {reason}\n\nCela vous convient-il ? Répondez simplement à ce message.",
        "مرحباً {name}،\n\nيمكننا أن نعرض عليك {amount} بدلاً من ذلك. {reason}\n\nهل يناسبك هذا؟ يكفي أن ترد على هذه الرسالة.",
    ),
    "Dear {name},\n\nto go on we still need from you:\n{papers}\n\nPlease send them with your answer, or hand them in on our pages.": (
        "Hola, {name}:\n\nPara continuar todavía necesitamos:\n{papers}\n\nEnvíelos con su respuesta o entréguelos en nuestras páginas.",
        "Bonjour {name},\n\npour continuer, il nous faut encore :\n{papers}\n\nEnvoyez-les avec votre réponse ou déposez-les sur nos pages.",
        "مرحباً {name}،\n\nللمتابعة ما زلنا نحتاج منك إلى:\n{papers}\n\nيرجى إرسالها مع ردك أو تسليمها عبر صفحاتنا.",
    ),
    "Credit limit increase": ("Aumento del límite de crédito", "Augmentation du plafond de crédit", "رفع الحد الائتماني"),
    "New limit in EUR": ("Nuevo límite en EUR", "Nouveau plafond en EUR", "الحد الجديد باليورو"),
    "Monthly income in EUR": ("Ingresos mensuales en EUR", "Revenu mensuel en EUR", "الدخل الشهري باليورو"),
    "What is it for?": ("¿Para qué es?", "Pour quoi faire ?", "ما الغرض منه؟"),
    "Income of at least 1,500": ("Ingresos de al menos 1.500", "Revenu d’au moins 1 500", "دخل لا يقل عن 1500"),
    "Limit of at most 10,000": ("Límite de 10.000 como máximo", "Plafond de 10 000 au plus", "حد لا يزيد على 10000"),
    "Last payslip": ("Última nómina", "Dernier bulletin de paie", "آخر قسيمة راتب"),
    "Dear {name},\n\nyour credit limit is {amount} from today.": (
        "Hola, {name}:\n\nDesde hoy su límite de crédito es de {amount}.",
        "Bonjour {name},\n\nvotre plafond de crédit est de {amount} à partir d’aujourd’hui.",
        "مرحباً {name}،\n\nأصبح حدك الائتماني {amount} ابتداءً من اليوم.",
    ),
    "Dear {name},\n\nwe can't raise your limit. {reason}": (
        "Hola, {name}:\n\nNo podemos aumentar su límite. {reason}",
        "Bonjour {name},\n\nnous ne pouvons pas relever votre plafond. {reason}",
        "مرحباً {name}،\n\nلا يمكننا رفع حدك الائتماني. {reason}",
    ),
    "A bike": ("Una bicicleta", "Un vélo", "دراجة"),
    "A repair": ("Una reparación", "Une réparation", "إصلاح"),
    "Something else": ("Otra cosa", "Autre chose", "شيء آخر"),
    "Loan application": ("Solicitud de préstamo", "Demande de prêt", "طلب قرض"),
    "Amount in EUR": ("Importe en EUR", "Montant en EUR", "المبلغ باليورو"),
    "Over how many months?": ("¿En cuántos meses?", "Sur combien de mois ?", "على كم شهراً؟"),
    "What for?": ("¿Para qué?", "Pour quoi ?", "لأي غرض؟"),
    "Please say what": ("Indique para qué", "Précisez pour quoi", "يرجى التوضيح"),
    "Pay it out": ("Pagarlo", "Le verser", "صرف المبلغ"),
    "Last three payslips": ("Las tres últimas nóminas", "Trois derniers bulletins de paie", "آخر ثلاث قسائم راتب"),
    "Copy of your identity card": ("Copia de su documento de identidad", "Copie de votre pièce d’identité", "صورة من بطاقة هويتك"),
    "Offer for what you buy": ("Oferta de lo que compra", "Devis de votre achat", "عرض سعر لما تشتريه"),
    "Dear {name},\n\nyour loan of {amount} is approved and on its way.": (
        "Hola, {name}:\n\nSu préstamo de {amount} está aprobado y en camino.",
        "Bonjour {name},\n\nvotre prêt de {amount} est accordé et en route.",
        "مرحباً {name}،\n\nتمت الموافقة على قرضك بمبلغ {amount} وهو في الطريق إليك.",
    ),
    "Dear {name},\n\nwe can't give you this loan. {reason}": (
        "Hola, {name}:\n\nNo podemos concederle este préstamo. {reason}",
        "Bonjour {name},\n\nnous ne pouvons pas vous accorder ce prêt. {reason}",
        "مرحباً {name}،\n\nلا يمكننا منحك هذا القرض. {reason}",
    ),
    "Policy cancellation": ("Cancelación de una póliza", "Résiliation d’un contrat", "إلغاء وثيقة تأمين"),
    "Number of the policy": ("Número de la póliza", "Numéro du contrat", "رقم الوثيقة"),
    "Why?": ("¿Por qué?", "Pourquoi ?", "لماذا؟"),
    "It can only be cancelled at its end.": (
        "Solo se puede cancelar a su vencimiento.", "Il ne peut être résilié qu’à son échéance.", "لا يمكن إلغاؤها إلا عند انتهائها.",
    ),
    "Dear {name},\n\nyour policy is cancelled at the end of what is paid for.": (
        "Hola, {name}:\n\nSu póliza queda cancelada al final del período pagado.",
        "Bonjour {name},\n\nvotre contrat est résilié à la fin de la période payée.",
        "مرحباً {name}،\n\nأُلغيت وثيقتك اعتباراً من نهاية الفترة المدفوعة.",
    ),
    "Dear {name},\n\nwe can't cancel your policy now. {reason}": (
        "Hola, {name}:\n\nAhora no podemos cancelar su póliza. {reason}",
        "Bonjour {name},\n\nnous ne pouvons pas résilier votre contrat maintenant. {reason}",
        "مرحباً {name}،\n\nلا يمكننا إلغاء وثيقتك الآن. {reason}",
    ),
    "Policy renewal": ("Renovación de una póliza", "Renouvellement d’un contrat", "تجديد وثيقة تأمين"),
    "Until when?": ("¿Hasta cuándo?", "Jusqu’à quand ?", "حتى متى؟"),
    "The risk has changed: please ask for a new policy.": (
        "El riesgo ha cambiado: solicite una póliza nueva.", "Le risque a changé : demandez un nouveau contrat.", "تغيّر الخطر: يرجى طلب وثيقة جديدة.",
    ),
    "Dear {name},\n\nyour policy is renewed.": (
        "Hola, {name}:\n\nSu póliza está renovada.", "Bonjour {name},\n\nvotre contrat est renouvelé.", "مرحباً {name}،\n\nتم تجديد وثيقتك.",
    ),
    "Dear {name},\n\nwe can't renew your policy. {reason}": (
        "Hola, {name}:\n\nNo podemos renovar su póliza. {reason}",
        "Bonjour {name},\n\nnous ne pouvons pas renouveler votre contrat. {reason}",
        "مرحباً {name}،\n\nلا يمكننا تجديد وثيقتك. {reason}",
    ),
    "Name": ("Nombre", "Nom", "الاسم"),
    "Postal address": ("Dirección postal", "Adresse postale", "العنوان البريدي"),
    "Bank account": ("Cuenta bancaria", "Compte bancaire", "الحساب المصرفي"),
    "Account change": ("Cambio de datos", "Changement de coordonnées", "تغيير البيانات"),
    "What changes?": ("¿Qué cambia?", "Qu’est-ce qui change ?", "ما الذي يتغير؟"),
    "New name": ("Nuevo nombre", "Nouveau nom", "الاسم الجديد"),
    "New address": ("Nueva dirección", "Nouvelle adresse", "العنوان الجديد"),
    "IBAN": ("IBAN", "IBAN", "رقم الآيبان"),
    "We could not verify it.": ("No pudimos comprobarlo.", "Nous n’avons pas pu le vérifier.", "لم نتمكن من التحقق منه."),
    "Dear {name},\n\nyour details are changed.": (
        "Hola, {name}:\n\nSus datos se han actualizado.", "Bonjour {name},\n\nvos coordonnées sont modifiées.", "مرحباً {name}،\n\nتم تغيير بياناتك.",
    ),
    "Dear {name},\n\nwe could not change your details. {reason}": (
        "Hola, {name}:\n\nNo pudimos cambiar sus datos. {reason}",
        "Bonjour {name},\n\nnous n’avons pas pu modifier vos coordonnées. {reason}",
        "مرحباً {name}،\n\nلم نتمكن من تغيير بياناتك. {reason}",
    ),
}  # fmt: skip
