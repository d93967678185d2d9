"""En español."""

from careline.entrypoints.console.demo.story import Story

STORIES = (
    Story(
        language="es",
        subject="{¿Dónde está el pedido {order}?|Pedido {order} sin noticias|Retraso en la entrega}",
        tags=("delivery",),
        times=7,
        says="""
customer:
{Hola:|Buenos días:}

mi {bike} tenía que llegar {el jueves|la semana pasada}. {El seguimiento dice «en camino», como todos
nosotros.|Según el transportista no había nadie; éramos tres y un perro.}
¿Pueden {mirarlo|averiguar dónde está}?

agent:
Hola, {first}:

siento el retraso. {Estaba en el depósito de {town} con la etiqueta rota|Faltaba el piso en la dirección}; llega
{mañana por la mañana|el viernes antes de las doce}.

customer:
{Ya está aquí, gracias.|Recibido y montado. Muchas gracias.}
""",
    ),
    Story(
        language="es",
        mailbox="billing",
        subject="{Me cobraron dos veces|Devolución del pedido {order}|Cargo doble}",
        tags=("refund",),
        times=6,
        says="""
customer statement:
Buenas tardes:

me cobraron {amount} dos veces por el pedido {order}. {Con una me basta.|Adjunto el extracto.} ¿Me devuelven la
segunda?

agent:
Hola, {name}:

tiene razón. {La segunda era una reserva que no se anuló|La página se cargó dos veces}; queda anulada hoy y
desaparece en {tres días|unos días}.

customer:
{Todo en orden, gracias.|Ya no aparece. Un saludo.}
""",
    ),
    Story(
        language="es",
        team="Workshop",
        subject="{La cadena salta|Salta al subir|Cambio del {bike}}",
        tags=("repair",),
        times=5,
        says="""
customer:
Hola:

la cadena salta en los piñones pequeños{, solo cuesta arriba, claro|}. {Lleva 900 km.|La compré en primavera.} ¿Qué
puede ser?

agent:
Hola, {first}:

mida diez eslabones: deben ser 254 mm. {Con más de 256 hay que cambiarla|Dos milímetros de más y toca cambiar}, y el
casete con ella. ¿Cuánto le da?

customer:
{257.|Doscientos cincuenta y siete y medio.}

agent:
Entonces, las dos cosas: {84,00|79,00} en total. {Se las aparto en el mostrador.|El montaje son 30,00 si lo prefiere.}
""",
    ),
    Story(
        language="es",
        mailbox="rentals",
        subject="{Alquilar {few} bicicletas|Bicicletas para el puente|{few} bicis el sábado}",
        tags=("rental",),
        times=6,
        says="""
customer:
Hola:

queremos {few} bicicletas de viernes a domingo{, una con silla de niño|}. {¿Quedan?|¿Los cascos van incluidos?}

agent:
Hola, {first}:

sí: 24,00 por día y bicicleta, con casco y candado. {Se las guardo hasta mañana.|El patio abre a las ocho.}

customer:
{Perfecto, resérvelas.|¡Hasta el viernes!}
""",
    ),
)
