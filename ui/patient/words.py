"""What patient mode itself says, in the languages of the front desk; the questions have their words in the definitions."""

from __future__ import annotations

from typing import Final

from intake.domain.text import Text

LANGUAGES: Final = (("en", "English"), ("es", "Español"))

WELCOME: Final = Text(en="Welcome", es="Le damos la bienvenida")
CHOOSE: Final = Text(en="Which language would you like?", es="¿Qué idioma prefiere?")
SWITCH: Final = Text(en="Español", es="English")
"""The other language, named in itself."""
BACK: Final = Text(en="Back", es="Atrás")
NEXT: Final = Text(en="Next", es="Siguiente")
MORE: Final = Text(en="More below", es="Hay más abajo")
SKIP: Final = Text(en="I’d rather not say", es="Prefiero no decir")
REVIEW: Final = Text(en="Check your answers", es="Revise sus respuestas")
REVIEW_NOTE: Final = Text(en="Touch an answer to change it.", es="Toque una respuesta para cambiarla.")
TO_REVIEW: Final = Text(en="Back to all my answers", es="Volver a mis respuestas")
FINISH: Final = Text(en="I am done", es="Terminé")
UNANSWERED: Final = Text(en="Not answered", es="Sin respuesta")
HELP: Final = Text(en="I need help", es="Necesito ayuda")
STEP: Final = Text(en="Part %1 of %2", es="Parte %1 de %2")
KEYBOARD: Final = Text(en="Keyboard", es="Teclado")
SEVERAL: Final = Text(en="Choose all that fit.", es="Elija todo lo que corresponda.")
NO_PAIN: Final = Text(en="0 · no pain", es="0 · nada de dolor")
WORST_PAIN: Final = Text(en="10 · worst you can imagine", es="10 · el peor que pueda imaginar")
DAY: Final = Text(en="Day", es="Día")
MONTH: Final = Text(en="Month", es="Mes")
YEAR: Final = Text(en="Year", es="Año")
PARTIAL_DATE: Final = Text(en="The year alone will do if you are not sure.", es="Si no recuerda bien, basta con el año.")
DATE_PROBLEM: Final = Text(en="Please check this date.", es="Revise esta fecha, por favor.")
NUMBER_PROBLEM: Final = Text(en="Please write a number from %1 to %2.", es="Escriba un número de %1 a %2, por favor.")
FIELD_PROBLEM: Final = Text(en="Please check what you wrote here.", es="Revise lo que escribió aquí, por favor.")
DRAWING_NOTE: Final = Text(
    en="Choose what you feel, then touch every place where you feel it. Touch again to take it back.",
    es="Elija lo que siente y toque cada lugar donde lo siente. Toque otra vez para quitarlo.",
)
DRAWING_LIST: Final = Text(en="The same as a list", es="Lo mismo en una lista")
LARGER: Final = Text(en="Larger", es="Más grande")
SMALLER: Final = Text(en="Smaller", es="Más pequeño")
DRAWING_PICTURE: Final = Text(en="The picture", es="El dibujo")
STILL_THERE: Final = Text(en="Are you still there? Touch the screen to go on.", es="¿Sigue ahí? Toque la pantalla para continuar.")
SECONDS: Final = Text(
    en="In %1 seconds your answers are put away. They are kept.", es="En %1 segundos se ocultan sus respuestas. Quedan guardadas."
)
HAND_BACK: Final = Text(en="Please hand this back to the desk.", es="Entregue esto en la recepción, por favor.")
HAND_BACK_NOTE: Final = Text(
    en="Thank you. Your answers are kept, and nobody else can see them here.",
    es="Gracias. Sus respuestas quedan guardadas y nadie más puede verlas aquí.",
)
HAND_NOW: Final = Text(en="Please hand this to the desk now.", es="Entregue esto en la recepción ahora, por favor.")
HAND_NOW_NOTE: Final = Text(
    en="Someone will go through the rest with you. Your answers are kept.",
    es="Alguien seguirá con usted. Sus respuestas quedan guardadas.",
)
HELP_TITLE: Final = Text(en="Please bring this to the desk.", es="Lleve esto a la recepción, por favor.")
HELP_NOTE: Final = Text(en="We will gladly help you. Your answers are kept.", es="Con gusto le ayudamos. Sus respuestas quedan guardadas.")
GO_ON: Final = Text(en="Go on with my answers", es="Seguir con mis respuestas")
NOT_KEPT: Final = Text(
    en="Please wait: the last answer could not be kept yet. Tell the desk if this stays.",
    es="Espere, por favor: la última respuesta aún no se guardó. Avise en la recepción si esto sigue.",
)
