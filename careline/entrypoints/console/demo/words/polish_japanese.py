"""Po polsku, 日本語で."""

from careline.entrypoints.console.demo.story import Story

STORIES = (
    Story(
        language="pl",
        subject="{Gdzie jest zamówienie {order}?|Brak przesyłki {order}}",
        tags=("delivery",),
        times=5,
        says="""
customer:
Dzień dobry,

mój {bike} miał przyjść {w czwartek|w zeszłym tygodniu}. {Śledzenie od czterech dni mówi to samo.|Kurier twierdzi,
że dzwonił; dzwonek zaprzecza.} Czy mogą Państwo sprawdzić?

agent:
Hello {first},

thank you for writing; I answer in English so that nothing gets lost. Your parcel was in the depot with a torn label
and comes {tomorrow morning|on Friday before noon}.

customer:
{Dotarło, dziękuję.|Już jest. Dziękuję i pozdrawiam.}
""",
    ),
    Story(
        language="pl",
        mailbox="billing",
        subject="{Faktura {order}: stara nazwa firmy|Korekta faktury {order}}",
        tags=("invoice",),
        times=4,
        says="""
customer:
Dzień dobry,

na fakturze {order} {jest stara nazwa firmy|brakuje numeru NIP}. Proszę o korektę.

agent invoice:
Hello {first},

the corrected invoice is attached; the old one is cancelled.

customer:
Bardzo dziękuję, teraz wszystko się zgadza.
""",
    ),
    Story(
        language="ja",
        subject="{注文{order}について|配送先の変更（{order}）}",
        tags=("delivery",),
        times=4,
        says="""
customer:
お世話になっております。

注文{order}の商品がまだ届いておりません。{追跡ページは四日前から変わっていません。|木曜日に届く予定でした。}お手数ですが、ご確認をお願いいたします。

agent:
Hello {first},

thank you for your message. The parcel had lost its label and reaches you {tomorrow morning|on Friday}. I am sorry
for the wait.

customer:
無事に届きました。ありがとうございました。
""",
    ),
    Story(
        language="ja",
        team="Workshop",
        subject="{ブレーキパッドの適合について|2023年モデルのブレーキ}",
        tags=("spare parts",),
        times=2,
        says="""
customer:
はじめまして。

2023年の{bike}に新しいブレーキパッドは使えますか。近くの店では分からないと言われました。

agent:
Hello {first},

they fit: the shape has not changed since 2021. Take the ones with the green back, they are quieter in rain.

customer:
安心しました。注文します。
""",
    ),
)
